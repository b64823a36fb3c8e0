/** The page's only style sheet: light and dark by the reader's setting, narrow screens and paper included. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5a6169;--paper:#fff;--panel:#f5f6f8;--edge:#d9dde2;--link:#0b57b8;
--error:#b3261e;--error-bg:#fdeceb;--warning:#805300;--warning-bg:#fff3d6;--info:#0b57b8;--info-bg:#e7f0fd;--good:#146c3a;--good-bg:#e3f5ea;--mark:#ffd9d6;--mark-ink:#5c0f0a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a0a8b2;--paper:#14171a;--panel:#1d2125;--edge:#363c43;--link:#8ab8ff;
--error:#ff9a92;--error-bg:#3a1614;--warning:#f2c14e;--warning-bg:#33270b;--info:#8ab8ff;--info-bg:#14263f;--good:#79d69c;--good-bg:#10301d;--mark:#6b211c;--mark-ink:#ffe3e0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
.wide{max-width:76rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
header{border-bottom:1px solid var(--edge);padding:2rem 0 1.5rem}
header.good{background:var(--good-bg)}header.bad{background:var(--error-bg)}header.open{background:var(--warning-bg)}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .35rem;text-wrap:balance}
header.good h1{color:var(--good)}header.bad h1{color:var(--error)}header.open h1{color:var(--warning)}
h2{font-size:1.3rem;margin:2.5rem 0 1rem}h3{font-size:1.05rem;margin:1.75rem 0 .5rem;overflow-wrap:anywhere}h4{font-size:.8rem;margin:.75rem 0 .25rem;color:var(--soft)}
.quiet{color:var(--soft);font-weight:400;font-size:.875rem}
header .quiet{color:var(--ink)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1rem 0 0}dt{color:var(--soft)}header dt{color:var(--ink);font-weight:600}dd{margin:0;min-width:0;overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:.75rem 0;border-bottom:1px solid var(--edge)}
code,pre{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace}
h3 code{font-weight:400;color:var(--soft)}
pre{margin:.25rem 0;padding:.6rem .75rem;background:var(--panel);border:1px solid var(--edge);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow:auto}
mark{background:var(--mark);color:var(--mark-ink);padding:.05rem .15rem;border-radius:2px;font-weight:600}
pre em{color:var(--error);font-style:normal}pre>i{color:var(--soft)}
.badge{display:inline-block;font-size:.75rem;font-weight:600;padding:.05rem .5rem;border-radius:3px}
.badge.error{background:var(--error-bg);color:var(--error)}.badge.warning{background:var(--warning-bg);color:var(--warning)}.badge.info{background:var(--info-bg);color:var(--info)}
.group>p{margin:.25rem 0 .75rem;max-width:60rem}
.finding{border:1px solid var(--edge);border-radius:6px;margin:.5rem 0;padding:0 1rem}.many .finding{content-visibility:auto;contain-intrinsic-size:auto 4rem}
.finding>summary{cursor:pointer;margin:0 -1rem;padding:.65rem 1rem;overflow-wrap:anywhere}
.finding[open]{padding-bottom:1rem}.finding[open]>summary{border-bottom:1px solid var(--edge)}
.where{font-weight:600}.message{display:block;margin-left:1.1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.25rem}.pair>section{min-width:0}
.line{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;margin:.25rem 0;overflow-wrap:anywhere}
.headers>summary,.earlier>summary{cursor:pointer;color:var(--soft);font-size:.875rem;padding:.25rem 0}
.command{position:relative}.copy{position:absolute;right:.4rem;top:1.75rem;font:inherit;font-size:.8rem;padding:.1rem .6rem;border:1px solid var(--edge);border-radius:4px;background:var(--paper);color:var(--ink);cursor:pointer}
.command pre{padding-right:5rem}
.filter input{font:inherit;padding:.3rem .6rem;width:min(24rem,100%);border:1px solid var(--soft);border-radius:4px;background:var(--paper);color:var(--ink)}
.none{padding:1rem;border-radius:6px;background:var(--good-bg);color:var(--good)}
.scroll{overflow-x:auto}
table{overflow-wrap:break-word;border-collapse:collapse;font-size:.875rem}th,td{border-bottom:1px solid var(--edge);padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600}tbody th{font-weight:400}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.places{width:100%}.cells{min-width:9rem;max-width:24rem;line-height:1}
.cells i,.legend i{display:inline-block;width:.6rem;height:.6rem;margin:0 1px 1px 0;border-radius:2px;vertical-align:middle}
i.passed{background:var(--good)}i.failed{background:var(--error);outline:2px solid var(--error);outline-offset:-1px;border-radius:50%}i.untried{border:1px solid var(--soft)}
.legend i{margin:0 .2rem 0 .75rem}
footer{border-top:1px solid var(--edge);margin-top:3rem;padding:1.25rem 0 3rem;color:var(--soft);font-size:.875rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media (max-width:48rem){.pair{grid-template-columns:1fr;gap:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}h1{font-size:1.3rem}.places thead{display:none}.places tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--edge)}.places th,.places td{display:block;border:0;padding:.1rem 0;text-align:left;max-width:none}}
@media print{:root{--ink:#000;--paper:#fff;--panel:#fff;--soft:#444}nav,.copy,.filter,.skip{display:none}pre{max-height:none}.many .finding{content-visibility:visible}header{background:none!important}}
`;
