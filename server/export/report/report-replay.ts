// The small replay in reports/report.html: code, suggestions and score, step by step. Made for the page alone, without any
// library.
// Invariant: everything is shown as text, never as markup.
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { numberText } from './numbers.ts';
import { outcomeText } from './report-facts.ts';

const WHY: Readonly<Record<string, string>> = {
  start: 'Starting point',
  checkpoint: 'Checkpoint loaded',
  restore: 'Went back to an earlier revision',
  patch: 'Suggestion applied or taken back',
};

const DOES_NOT_COUNT: ReadonlySet<Replay['runs'][number]['outcome']> = new Set(['struck', 'suspect']);

/** What happened at a moment, oldest first; `files`: what it changed of the code; `score`: the one from then on. */
export function replayData(replay: Replay) {
  const texts = new Map(replay.suggestions.map(({ id, text }) => [id, text]));
  const revisions = replay.revisions.map(({ at, why, suggestion, files, credit }) => {
    const about = suggestion === undefined ? undefined : texts.get(suggestion);
    const by = credit === undefined ? '' : `, ${credit}`;
    return { at, text: `${WHY[why] ?? 'Typed'}${about === undefined ? '' : `: ${about}`}${by}`, files };
  });
  const suggestions = replay.suggestions.map(({ at, text, credit }) => ({
    at,
    text: `Suggested: ${text}${credit === undefined ? '' : `, ${credit}`}`,
  }));
  const runs = replay.runs.map(({ number, startedAt, endedAt = startedAt, score, metric, outcome }) => {
    const value = score === undefined ? '' : `${metric} ${numberText(score)}, `;
    const counts = score !== undefined && !DOES_NOT_COUNT.has(outcome);
    return {
      at: endedAt,
      text: `Run ${number}: ${value}${outcomeText(outcome)}`,
      ...(counts ? { score: `${metric} ${numberText(score)} (run ${number})` } : {}),
    };
  });
  const steps = [...suggestions, ...revisions, ...runs].sort((a, b) => a.at - b.at);
  return { from: replay.from, steps };
}

export const REPLAY_MARKUP = `<section class="replay" aria-labelledby="replay-title"><h2 id="replay-title">Replay</h2>
<div class="controls"><button type="button" id="replay-play">Play</button><label>Step <input type="range" id="replay-at" min="0" value="0"></label></div>
<p id="replay-said" aria-live="polite"></p>
<p id="replay-score"></p>
<div class="scroll code" tabindex="0" role="region" aria-label="Code at this step"><pre id="replay-code"></pre></div>
</section>`;

export const REPLAY_SCRIPT = `(()=>{
const {from,steps}=JSON.parse(document.getElementById('replay-data').textContent);
const play=document.getElementById('replay-play'),at=document.getElementById('replay-at'),said=document.getElementById('replay-said'),score=document.getElementById('replay-score'),code=document.getElementById('replay-code');
if(!play||steps.length===0)return;
at.max=String(steps.length-1);
const shown=[];let files=new Map(),last='';
for(const step of steps){
  let place=null;
  if(step.files){files=new Map(files);
    for(const {path,hunks} of step.files){
      const old=files.has(path)?files.get(path):[];const next=[];let i=0;
      for(const h of hunks){while(i<h.fromLine-1&&i<old.length)next.push(old[i++]);
        if(!place&&h.added.length)place={path,line:next.length,n:h.added.length};
        next.push(...h.added);i+=h.removed.length}
      while(i<old.length)next.push(old[i++]);
      if(!place)place={path,line:0,n:0};
      if(next.length===0)files.delete(path);else files.set(path,next)}}
  last=step.score||last;
  const before=shown.length?shown[shown.length-1].place:null;
  shown.push({text:step.text,at:step.at,files,score:last,place:place||(before&&{path:before.path,line:before.line,n:0})})}
function show(){
  const i=Number(at.value),step=shown[i];
  const seconds=Math.max(0,Math.floor((step.at-from)/1000));
  said.textContent=Math.floor(seconds/60)+':'+String(seconds%60).padStart(2,'0')+' '+step.text;
  score.textContent=step.score?'Score: '+step.score:'No score yet';
  at.setAttribute('aria-valuetext',said.textContent);
  code.replaceChildren();
  if(!step.place)return;
  const {path,line,n}=step.place,lines=step.files.get(path)||[];
  const first=Math.max(0,line-6);
  code.append(path+'\\n\\n');
  lines.slice(first,first+24).forEach((text,k)=>{
    const number=first+k,changed=number>=line&&number<line+n;
    const row=document.createElement(changed?'mark':'span');
    row.textContent=String(number+1).padStart(4)+(changed?' + ':'   ')+text+'\\n';
    code.append(row)})}
let timer=null;
const stop=()=>{clearInterval(timer);timer=null;play.textContent='Play'};
play.addEventListener('click',()=>{
  if(timer)return stop();
  if(Number(at.value)>=steps.length-1){at.value='0';show()}
  play.textContent='Pause';
  timer=setInterval(()=>{if(Number(at.value)>=steps.length-1)return stop();at.value=String(Number(at.value)+1);show()},Math.min(1200,60000/steps.length))});
at.addEventListener('input',()=>{stop();show()});
at.value=at.max;show();
})();`;
