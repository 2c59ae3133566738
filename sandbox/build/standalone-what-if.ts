// The What-if page of an exported repository: a control for each column, the model's answer beside them.
// Invariant: names, labels and words are data: they are in the page as JSON without a "<", and are shown as text.
import { createHash } from 'node:crypto';

/** references/schema.json. */
export interface Question {
  readonly title: string;
  readonly sentence: string;
  readonly target: string;
  readonly targetUnit: string;
  /** Of a classification; none: the answer is a number. */
  readonly classes: readonly string[];
  /** Columns that no model may see. */
  readonly forbidden: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: string;
    readonly unit?: string;
    readonly min?: number;
    readonly max?: number;
    readonly levels?: readonly string[];
    readonly valueLabels?: Readonly<Record<string, string>>;
    readonly typical?: string | number | null;
  }[];
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:0 auto;padding:1rem}
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem;margin-top:1rem}
label{display:grid;gap:.25rem}
input,select{font:inherit;min-height:2.75rem;padding:.25rem .5rem;box-sizing:border-box;width:100%}
output{position:sticky;top:0;display:block;padding:1rem;background:Canvas;border:2px solid;border-radius:.5rem}
output strong{font-size:2rem;margin-inline-end:.5rem}
output p{margin:0}`;

const SCRIPT = `const q=JSON.parse(document.getElementById('question').textContent);
const form=document.querySelector('form'),out=document.querySelector('output'),fields=[];
const el=(name,text)=>{const made=document.createElement(name);if(text!==undefined)made.textContent=text;return made};
document.title=q.title;document.querySelector('h1').textContent=q.title;document.querySelector('header p').textContent=q.sentence;
for(const c of q.columns){
  if(q.forbidden.includes(c.name)||c.name===q.target)continue;
  const label=el('label');label.append(el('span',c.label+(c.unit?' ('+c.unit+')':'')));
  const number=c.type==='integer'||c.type==='number'||(c.type==='ordinal'&&!c.levels);
  let field;
  if(c.levels){field=el('select');for(const v of c.levels){const o=el('option',(c.valueLabels&&Object.hasOwn(c.valueLabels,v))?c.valueLabels[v]:v);o.value=v;field.append(o)}
    if(c.typical!=null)field.value=String(c.typical)}
  else{field=el('input');field.type=number?'number':'text';if(number){field.step=c.type==='number'?'any':'1';
      if(c.min!==undefined)field.min=c.min;if(c.max!==undefined)field.max=c.max;
      const mid=c.min!==undefined&&c.max!==undefined?(c.type==='number'?(c.min+c.max)/2:Math.round((c.min+c.max)/2)):0;
      field.value=c.typical??mid}else field.value=c.typical??''}
  field.name=c.name;label.append(field);form.append(label);
  fields.push(()=>[c.name,(number||c.type==='ordinal')&&field.value!==''?Number(field.value):field.value]);
}
let turn=0;
async function ask(){
  const own=++turn;
  const answer=await fetch('/predict',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({row:Object.fromEntries(fields.map((f)=>f()))})}).then((r)=>r.json()).catch(()=>({error:'The server does not answer.'}));
  if(own!==turn)return;
  const p=el('p');
  if(answer.error)p.textContent=answer.error;
  else if(answer.probabilities)p.append(el('strong',answer.prediction),el('span',Object.entries(answer.probabilities).map(([n,s])=>n+' '+(100*s).toFixed(1)+' %').join(', ')));
  else p.append(el('strong',String(Number(Number(answer.prediction).toPrecision(5)))),el('span',q.targetUnit||q.target));
  out.replaceChildren(p);
}
form.addEventListener('input',ask);form.addEventListener('submit',(e)=>e.preventDefault());ask();`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; connect-src 'self'; base-uri 'none'; form-action 'none'`;

export function whatIfPage(question: Question): { readonly html: string; readonly policy: string } {
  const data = JSON.stringify(question).replaceAll('<', '\\u003c');
  return {
    policy: POLICY,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>What if?</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>What if?</h1><p></p></header>
<main><output aria-live="polite" aria-label="The model's answer"></output><form aria-label="What if?"></form></main>
<script type="application/json" id="question">${data}</script>
<script>${SCRIPT}</script>
</body>
</html>
`,
  };
}
