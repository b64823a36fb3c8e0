const bars = Array.from({ length: 10 }, (_, at) => `.bar-${at + 1}{height:${(at + 1) * 10}%}`).join('');

/** The page's only style sheet: light and dark by the reader's setting, narrow screens and paper included. */
export const style = `
:root{color-scheme:light dark;
--ink:#1d2127;--soft:#5c6570;--paper:#fff;--panel:#f6f7f8;--edge:#e1e4e8;--strong:#b9c0c8;--link:#1f5fbf;
--error:#b42318;--error-bg:#fdf0ee;--warning:#8a5a00;--warning-bg:#fdf5e3;--info:#1f5fbf;--info-bg:#eef4fd;--good:#1a7446;--good-bg:#edf7f1;
--mark:#ffdcd6;--mark-ink:#6a140c;--passed:#a9d5bb;--failed:#c9382b;
--mono:ui-monospace,"SF Mono",SFMono-Regular,"Cascadia Mono",Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--ink:#e4e7eb;--soft:#a1aab4;--paper:#131619;--panel:#1b1f23;--edge:#2d3339;--strong:#4d565f;--link:#8db9fb;
--error:#ff9d94;--error-bg:#331815;--warning:#eec25c;--warning-bg:#2e250f;--info:#8db9fb;--info-bg:#16243a;--good:#7fd3a2;--good-bg:#13291d;
--mark:#642019;--mark-ink:#ffe5e1;--passed:#2f6b49;--failed:#ff7466}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:4rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 .9375rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
.wide{max-width:76rem;margin:0 auto;padding:0 2rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
code,pre,.line{font:.8125rem/1.6 var(--mono)}
.quiet{color:var(--soft);font-weight:400}
ul{margin:0;padding:0;list-style:none}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;z-index:2;background:var(--paper);padding:.5rem}

header{border-top:4px solid var(--tone);padding:2.5rem 0 2.25rem;background:var(--panel)}
.good{--tone:var(--good)}.bad{--tone:var(--error)}.open{--tone:var(--warning)}
.eyebrow{display:flex;flex-wrap:wrap;gap:.25rem .75rem;margin:0;color:var(--soft);font-size:.8125rem}
.eyebrow b{color:var(--tone);font-weight:650}
h1{font-size:clamp(1.4rem,1.1rem + 1.2vw,1.9rem);line-height:1.25;font-weight:650;letter-spacing:-.012em;margin:.5rem 0 .6rem;max-width:60rem;text-wrap:balance}
.origin{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;margin:0;color:var(--soft);font-size:.8125rem;align-items:baseline}
.figures{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1.75rem 0 0;font-size:.8125rem;color:var(--soft)}
.figures b{display:block;font-size:1.5rem;line-height:1.2;font-weight:600;color:var(--ink);font-variant-numeric:tabular-nums}
.figures .error b{color:var(--error)}.figures .warning b{color:var(--warning)}.figures .info b{color:var(--info)}
.halves{display:grid;grid-template-columns:1fr 1fr;gap:1rem 3rem;margin-top:1.75rem;padding-top:1.5rem;border-top:1px solid var(--edge)}
.halves h2{font-size:.8125rem;font-weight:650;margin:0 0 .4rem}.halves p{margin:0;color:var(--soft)}
.halves li{padding:.1rem 0}.halves summary{color:var(--link);font-size:.8125rem}

nav{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--edge);border-top:1px solid var(--edge)}
nav .wide{display:flex;gap:1.75rem;overflow-x:auto;white-space:nowrap}
nav a{padding:.7rem 0;color:var(--soft);text-decoration:none;font-size:.875rem}nav a:hover{color:var(--ink)}
main>section{padding:2.5rem 0 .5rem}
main h2{font-size:1.25rem;line-height:1.3;font-weight:650;letter-spacing:-.008em;margin:0 0 1rem}
h3{font-size:.9375rem;font-weight:650;margin:2rem 0 .4rem}h2+h3{margin-top:0}
h4{font-size:.75rem;font-weight:600;margin:1rem 0 .3rem;color:var(--soft)}
main p{margin:0 0 .75rem;max-width:48rem}
summary{cursor:pointer}

.filter{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;margin-bottom:1rem;font-size:.8125rem}.filter[hidden]{display:none}
.filter label{color:var(--soft)}
.filter input{font:inherit;font-size:.875rem;padding:.4rem .7rem;width:18rem;max-width:100%;border:1px solid var(--strong);border-radius:6px;background:var(--paper);color:var(--ink)}
.chip,.copy{font:inherit;font-size:.8125rem;line-height:1.4;padding:.35rem .75rem;border:1px solid var(--strong);border-radius:6px;background:var(--paper);color:var(--ink);cursor:pointer}
.chip:hover,.copy:hover{background:var(--panel)}.chip[aria-pressed=false]{color:var(--soft);border-style:dashed;text-decoration:line-through}
output{color:var(--soft)}
.badge{display:inline-block;font-size:.75rem;line-height:1.4;font-weight:600;padding:.05rem .5rem;border-radius:4px;background:var(--panel);color:var(--soft);white-space:nowrap}
.badge.error{background:var(--error-bg);color:var(--error)}.badge.warning{background:var(--warning-bg);color:var(--warning)}.badge.info{background:var(--info-bg);color:var(--info)}
.none{display:inline-block;padding:.6rem 1rem;border-radius:6px;background:var(--good-bg);color:var(--good)}
.group{border-top:1px solid var(--edge)}.group:last-child{border-bottom:1px solid var(--edge)}
.group>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .75rem;padding:.8rem .25rem;list-style:none}
.group>summary::-webkit-details-marker,.finding>summary::-webkit-details-marker{display:none}
.group>summary::before,.finding>summary::before{content:"";flex:none;align-self:center;width:.4rem;height:.4rem;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(-45deg);margin-right:.1rem}
.group[open]>summary::before,.finding[open]>summary::before{transform:rotate(45deg)}
.group>summary:hover,.finding>summary:hover{background:var(--panel)}
.title{font-weight:600}.count{margin-left:auto;color:var(--soft);font-size:.8125rem;font-variant-numeric:tabular-nums}
.members{padding:0 0 1.25rem 1.5rem}
.finding{border:1px solid var(--edge);border-radius:8px;margin:.5rem 0}.many .finding{content-visibility:auto;contain-intrinsic-block-size:auto 3.6rem}
.finding>summary{display:grid;grid-template-columns:auto 1fr;gap:0 .75rem;padding:.65rem 1rem;border-radius:8px}
.finding>summary::before{grid-row:1/3;margin-top:.1rem}
.finding[open]{padding-bottom:1rem}.finding[open]>summary{border-bottom:1px solid var(--edge);border-radius:8px 8px 0 0;margin-bottom:1rem}
.finding>:not(summary){margin-left:1rem;margin-right:1rem}
.where{font:600 .8125rem/1.6 var(--mono)}.message{grid-column:2;color:var(--soft)}.finding[open] .message{color:var(--ink)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:0;font-size:.875rem}
.facts dt{color:var(--soft)}.facts dd{margin:0;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}.pair>section{min-width:0}
.line{margin:.25rem 0}.headers>summary,.earlier>summary,.named>summary{color:var(--soft);font-size:.8125rem;padding:.2rem 0}
pre{margin:.25rem 0;padding:.65rem .85rem;background:var(--panel);border:1px solid var(--edge);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:30rem;overflow:auto}
mark{background:var(--mark);color:var(--mark-ink);padding:.1rem .2rem;border-radius:3px;font-weight:600}
pre em{color:var(--error);font-style:normal}pre>i{color:var(--soft)}
.pair p.quiet{font-size:.75rem;margin:0}
.command{position:relative}.command .copy{position:absolute;right:.4rem;top:1.65rem}.command pre{padding-right:5.5rem;max-height:9rem;min-height:2.9rem}
.command h4 .quiet{margin-left:.4rem}
.origin .copy{padding:.05rem .5rem;margin-left:.25rem}

.scroll{position:relative;overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.8125rem;overflow-wrap:break-word}
th,td{text-align:left;vertical-align:top}thead th{color:var(--soft);font-weight:500;vertical-align:bottom}tbody th{font-weight:400}
.plain th,.plain td{border-bottom:1px solid var(--edge);padding:.45rem 1.5rem .45rem 0}.plain tr>:last-child{padding-right:0}
.plain thead th{border-color:var(--strong)}.plain:not(.statuses){min-width:44rem}.profile{width:100%;table-layout:fixed}.profile thead th{width:7%}.profile thead th:first-child{width:23%}.profile thead th:nth-child(2){width:10%}.profile thead th:nth-child(6){width:17%}.profile thead th:last-child{width:22%}
.number{text-align:right!important;font-variant-numeric:tabular-nums;white-space:nowrap}
.bars{white-space:nowrap;height:2.2rem}.bars i{display:inline-block;width:.75rem;margin-right:2px;background:var(--strong);vertical-align:bottom;min-height:1px}
${bars}.bars{min-width:9rem}
.parts{display:block;width:100%;max-width:9rem;height:.5rem;margin:.4rem 0;border:1px solid var(--strong);border-radius:3px}
.filled{fill:var(--passed)}.empty{fill:var(--link)}.null{fill:var(--warning)}.absent{fill:var(--paper)}
i.filled{background:var(--passed)}i.empty{background:var(--link)}i.null{background:var(--warning)}i.absent{border:1.5px solid var(--strong)}
.scroll+p{margin-top:.6rem;font-size:.8125rem}.outside{margin-top:.2rem}
.legend{display:flex;gap:.4rem;align-items:center;color:var(--soft);font-size:.8125rem}.legend i+i,.legend i:not(:first-child){margin-left:1rem}
.map{table-layout:auto}.map th[scope=row]{position:sticky;left:0;background:var(--paper);padding-right:1rem;white-space:nowrap}
.map td,.map th{padding:1px 2px}.map .number{padding-right:.8rem;color:var(--soft)}
.map tbody tr:hover>*{background:var(--panel)}
.turned{height:9.5rem;width:1.15rem;min-width:1.15rem}.turned span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-size:.75rem;line-height:1.1rem}
.own{padding-left:1rem!important;white-space:nowrap}
.map i,.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:3px;vertical-align:middle}.own i{margin-right:3px}
i.passed{background:var(--passed)}i.failed{background:var(--failed);border-radius:50%!important}i.untried{border:1.5px solid var(--strong)}
.named{margin-top:.75rem}.fold{border-top:1px solid var(--edge)}.fold>summary{padding:.6rem 0}.fold>:not(summary){margin-bottom:1rem}.files{font-size:.8125rem}
footer{margin-top:3rem;padding-top:1.25rem!important;padding-bottom:3rem!important;color:var(--soft);font-size:.8125rem}
@media (max-width:30rem){.title{flex:1 1 calc(100% - 8rem)}}
@media (max-width:48rem){
.wide{padding:0 1rem}header{padding:1.5rem 0}.figures{gap:.75rem 1.75rem;margin-top:1.25rem}
.halves,.pair{grid-template-columns:1fr;gap:1rem}.pair{gap:0}.halves{margin-top:1.25rem;padding-top:1.25rem}
.members{padding-left:0}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
.filter input{width:100%}.count{margin-left:0}main>section{padding-top:1.75rem}nav .wide{gap:1.25rem}.map th[scope=row]{max-width:44vw;overflow:hidden;text-overflow:ellipsis}}
@media print{:root{--ink:#000;--paper:#fff;--panel:#fff;--soft:#444}nav,.copy,.filter,.skip{display:none!important}
pre,.command pre{max-height:none}.many .finding{content-visibility:visible}.finding{break-inside:avoid-page}.scroll{overflow:visible}i{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
