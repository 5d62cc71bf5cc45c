import { svgStyleWithin } from '../picture/svg-style.ts';

const light = `
--paper:#fff;--ink:#1b1b1f;--quiet:#55565c;--rule:#d3d5da;--card:#f6f7f9;--link:#0b57d0;
--bad:#b3261e;--warn:#7a5000;--good:#146c2e;--calm:#0b57d0;--bad-back:#fdeceb;--warn-back:#fff3da;--good-back:#e7f4ea;--calm-back:#e8f0fe`;
const dark = `
--paper:#16171a;--ink:#ececf0;--quiet:#b4b6bd;--rule:#3c3f46;--card:#1f2125;--link:#8ab4f8;
--bad:#ff8a80;--warn:#ffc65c;--good:#7fd494;--calm:#8ab4f8;--bad-back:#3b1f1e;--warn-back:#33290f;--good-back:#14301c;--calm-back:#1b2a42`;

/** The style of the page; on paper it is light, whatever the screen is. */
export const pageStyle: string = `
:root{color-scheme:light dark;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;padding:0 1.25rem 3rem;max-width:84rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 "Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
header{padding:1.5rem 0 .5rem}
h1{font-size:1.75rem;line-height:1.2;margin:0}
h2{font-size:1.35rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--rule)}
h3{font-size:1.1rem;margin:0 0 .5rem}
h4{font-size:1rem;margin:1rem 0 .25rem}
h3 small{font-weight:400;font-size:.875rem;color:var(--quiet);margin-left:.25rem}
p{margin:.25rem 0 .5rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem;z-index:1}
.quiet,footer,caption{color:var(--quiet)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0 0;padding:0}
nav a{display:block;padding:.3rem .75rem;border:1px solid var(--rule);border-radius:1rem;text-decoration:none}
nav a:hover{background:var(--card)}
article,.findings>li{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:1rem;margin:0 0 1rem}
.findings{list-style:none;padding:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9375em}
caption{text-align:left;font-size:.875rem;padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--rule)}
thead th{font-size:.8125rem;color:var(--quiet);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
section>table th,section>table td{min-width:6.5em}
section>table th:last-child,section>table td:last-child{min-width:4em;white-space:nowrap}
article table{table-layout:fixed}
article th:first-child{width:34%}article th:last-child{width:22%}
dl{display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin:.25rem 0 .5rem}
dt{font-size:.8125rem;color:var(--quiet)}
dd{margin:0}
.defaults{display:grid;grid-template-columns:repeat(auto-fill,minmax(17.5rem,1fr));gap:.4rem 1.5rem}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0;color:var(--link)}
details>article{margin-top:.75rem}
ul{padding-left:1.25rem}
.task{list-style:none;margin:.35rem 0 .35rem -1.25rem}
.task label{display:flex;gap:.6rem;align-items:flex-start}
.task input{flex:none;width:1.1rem;height:1.1rem;margin:.2rem 0 0}
pre,code{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
pre{background:var(--paper);border:1px solid var(--rule);border-radius:.35rem;padding:.6rem .75rem;overflow-x:auto;line-height:1.35;overflow-wrap:normal;margin:.5rem 0}
pre code{font-size:1em}
.message{margin-top:0}
.badge{display:inline-block;padding:0 .5rem;margin-right:.4rem;border-radius:.75rem;border:1px solid currentColor;font-size:.8125rem;font-weight:600;white-space:nowrap}
.bad,.badge.none{color:var(--bad)}.warn,.badge.opportunistic{color:var(--warn)}.good,.badge.mutual{color:var(--good)}.calm,.badge.required{color:var(--calm)}
.badge.bad,.badge.none{background:var(--bad-back)}.badge.warn,.badge.opportunistic{background:var(--warn-back)}
.badge.good,.badge.mutual{background:var(--good-back)}.badge.calm,.badge.required{background:var(--calm-back)}
span.bad,span.warn,span.good{font-weight:600}
[hidden]{display:none!important}
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.75rem 1.25rem;background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:1rem}
.wide{grid-column:1/-1;margin:0}
label{font-weight:600}
.field label{display:block;margin-bottom:.15rem}
.field small{display:block;font-size:.8125rem}
.field input,.field select,.field textarea{width:100%;min-height:2.5rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:.35rem;padding:.35rem .5rem}
[aria-invalid]{border:2px solid var(--bad)!important}
button{font:inherit;font-weight:600;min-height:2.5rem;padding:.35rem 1.5rem;border:1px solid var(--link);border-radius:.35rem;background:var(--link);color:var(--paper);cursor:pointer}
.task label{font-weight:400}
#trace-verdict p{font-weight:600;font-size:1.1rem;margin:1rem 0 .5rem;padding:.5rem .75rem;border-left:.35rem solid currentColor;background:var(--card)}
#trace-verdict p.good{background:var(--good-back)}#trace-verdict p.bad{background:var(--bad-back)}
#trace-story ul,.story ul{padding-left:1.25rem;margin:.25rem 0}
#trace-story .not,#trace-story .said,.story .not,.story .said{color:var(--quiet);font-size:.9375rem;margin-left:1.25rem}
#trace-story .said,.story .said{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.8125rem;list-style:"> "}
#trace-story .bad,.story .bad{font-weight:600}
.story h3{font-size:1rem}
#trace-story .quiet{font-weight:400}
.drawing{overflow-x:auto;border:1px solid var(--rule);border-radius:.5rem}
.drawing svg{display:block;min-width:60rem;width:100%;height:auto}
footer{margin-top:3rem;font-size:.875rem}
${svgStyleWithin('.drawing')}
@media (max-width:44rem){
body{padding:0 .75rem 2rem}
table,caption,tbody,tr,th,td{display:block}
article th:first-child,article th:last-child{width:auto}
thead{position:absolute;left:-99rem}
tr{border-bottom:1px solid var(--rule);padding:.4rem 0}
th,td{border:0;padding:.1rem 0}
td[data-column]:empty{display:none}
td[data-column]::before{content:attr(data-column) ": ";color:var(--quiet)}
article,.findings>li{padding:.75rem}
}
@media print{
@page{margin:14mm}
:root{color-scheme:light}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip,form,noscript,#trace:not(:has(#trace-story article)){display:none}
article,.findings>li,tr{break-inside:avoid}
article:has(table){break-inside:auto}
h2,h3,h4,caption{break-after:avoid}
.drawing{overflow:visible;border:0}
.drawing svg{min-width:0}
pre{white-space:pre-wrap}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
