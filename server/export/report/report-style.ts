// The style of reports/report.html: on a light and on a dark screen, and on paper, which is light.
import { BLUE, IN_THE_DARK, INK, ORANGE, PAPER } from './svg.ts';

const dark = (color: string): string => IN_THE_DARK[color] ?? color;

/** Rules go before the attributes of a figure, so that the figure itself is the same in the page and in its file. */
const FIGURES_IN_THE_DARK = [
  ...Object.entries(IN_THE_DARK).map(
    ([color, other]) => `figure [fill="${color}"]{fill:${other}}figure [stroke="${color}"]{stroke:${other}}`,
  ),
  // Cells that are more or less of a color have a light text in all of it: they keep the color that is dark enough.
  ...[BLUE, ORANGE].map((color) => `figure rect[fill-opacity][fill="${color}"]{fill:${color}}`),
  `figure text[fill="${PAPER}"]{fill:${PAPER}}`,
].join('\n');

export const REPORT_STYLE = `:root{color-scheme:light;--paper:${PAPER};--ink:${INK};--soft:#3b5459;--line:#c3d0ce;--fill:#eef4f2;--blue:${BLUE};--mark:#cfe6ff}
*{box-sizing:border-box}
body{margin:0 auto;max-width:56rem;padding:2rem 1.25rem 4rem;font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
h1{font-size:2.2rem;line-height:1.15;margin:.2rem 0 .5rem}
h2{font-size:1.35rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:2px solid var(--ink)}
p{margin:.4rem 0}
header p,footer p,figcaption,caption{color:var(--soft)}
.question{font-size:1.2rem;color:var(--ink)}
.counts{display:flex;flex-wrap:wrap;gap:.4rem 1.25rem;list-style:none;padding:0;margin:.75rem 0 0;color:var(--soft)}
.counts li{margin:0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1rem 0}
.tiles div{background:var(--fill);border-radius:.5rem;padding:.75rem 1rem}
dt{color:var(--soft)}dd{margin:0;display:grid}dd strong{font-size:1.6rem;font-variant-numeric:tabular-nums}dd strong small{display:inline-block;font-size:.9rem;font-weight:400}dd span{color:var(--soft);font-size:.9rem}
figure{margin:1rem 0;break-inside:avoid}
figure svg{display:block;width:100%;max-width:40rem;height:auto}
figcaption{font-size:.9rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-size:.9rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}
tbody th{font-weight:400}
ol{padding-left:1.4rem}li{margin:.5rem 0;break-inside:avoid}
.said{font-weight:600}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
li code{overflow-wrap:anywhere}
pre{margin:0;padding:.75rem 1rem;background:var(--fill);border-radius:.5rem;overflow-x:auto;white-space:pre-wrap}
.controls{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem}
.controls label{flex:1;display:flex;align-items:center;gap:.5rem;min-width:12rem}
.controls input{flex:1;min-height:2.75rem}
button{font:inherit;min-height:2.75rem;min-width:6rem;padding:.25rem 1rem;border:0;border-radius:.5rem;background:var(--blue);color:var(--paper);cursor:pointer}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
#replay-score{color:var(--soft);font-variant-numeric:tabular-nums}
.code pre{white-space:pre;min-height:28rem;overflow:visible;width:max-content;min-width:100%}
mark{background:var(--mark);color:inherit}
footer{margin-top:3rem}
@media screen and (prefers-color-scheme:dark){
:root{color-scheme:dark;--paper:${dark(PAPER)};--ink:${dark(INK)};--soft:#a5b8bc;--line:#33454a;--fill:#182529;--blue:${dark(BLUE)};--mark:#1d4468}
${FIGURES_IN_THE_DARK}
}
@media print{body{max-width:none;padding:0;font-size:10.5pt}.replay{display:none}h2,h2+p{break-after:avoid}h2{margin-top:1.5rem}.scroll{overflow:visible}tr{break-inside:avoid}thead{display:table-header-group}figure svg{max-height:7cm}.tiles{grid-template-columns:repeat(4,1fr);gap:.5rem}.tiles div{padding:.4rem .6rem}caption{break-after:avoid}tbody tr:first-child,tbody tr:nth-child(2),footer{break-before:avoid}footer{margin-top:.5rem}section.short{break-inside:avoid}pre{white-space:pre-wrap}}
@page{margin:18mm 16mm}`;
