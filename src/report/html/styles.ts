const colours = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#59636e;--page:#f6f7f9;--paper:#fff;--line:#d8dee4;--soft:#eef1f4;--good:#1a7f37;--bad:#b42318;--warn:#8a5a00;--accent:#0a58b0;--badsoft:#fdeceb;--warnsoft:#fcf3dc;--goodsoft:#e5f5e9;--mark:#ffe9a8}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa5b1;--page:#0e1217;--paper:#161b22;--line:#30363d;--soft:#20262e;--good:#5fcf7f;--bad:#ff8a80;--warn:#f0b95a;--accent:#7db8ff;--badsoft:#3a1d1c;--warnsoft:#372a10;--goodsoft:#14301d;--mark:#5a4610}}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.dim{color:var(--dim)}`

const texts = `
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1.25rem 3rem;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:.1rem 0 1rem;display:flex;flex-wrap:wrap;align-items:center;gap:.4rem .8rem}
h2{font-size:1.15rem;margin:0 0 .8rem}h3{font-size:1rem;line-height:1.35;margin:0 0 .3rem}h3 code{font-weight:400}
p{margin:.3rem 0}ul,ol{margin:.3rem 0;padding-left:1.25rem}li{margin:.25rem 0}a{color:var(--accent)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}code{font-size:.86em;background:var(--soft);padding:.1em .35em;border-radius:4px}
pre{font-size:.8rem;line-height:1.5;background:var(--soft);margin:.6rem 0 0;padding:.8rem;overflow:auto;max-height:28rem;border-radius:6px;tab-size:8}
mark{background:var(--mark);color:inherit;border-radius:3px;box-shadow:0 0 0 2px var(--mark)}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.25rem;margin:0 0 1rem;scroll-margin-top:3.5rem}
.kicker{text-transform:uppercase;letter-spacing:.08em;font-size:.75rem;color:var(--dim);margin:0}
.status{font-size:.85rem;font-weight:600;line-height:1;padding:.4rem .7rem;border-radius:2rem;border:1px solid currentColor}
dl{display:flex;flex-wrap:wrap;gap:.4rem 1.8rem;margin:0 0 1.1rem}dt{font-size:.75rem;color:var(--dim)}dd{margin:0}
nav{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.1rem 1rem;background:var(--page);padding:.5rem 0;margin:0 0 .7rem;border-bottom:1px solid var(--line);font-size:.88rem}nav a{text-decoration:none}nav a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
footer{color:var(--dim);font-size:.85rem;margin-top:1.5rem}`

const parts = `
.chips{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem}.chip{font-size:.75rem;line-height:1.2;padding:.15rem .5rem;border-radius:1rem;border:1px solid var(--line);background:var(--soft);white-space:normal}
.chip.good{background:var(--goodsoft);border-color:transparent}.chip.bad{background:var(--badsoft);border-color:transparent}.chip.warn{background:var(--warnsoft);border-color:transparent}
.cause{border-left:4px solid var(--bad);padding:.1rem 0 .1rem 1rem;margin:.2rem 0 1.2rem}.cause:last-child{margin-bottom:.2rem}.cause.warning{border-color:var(--warn)}.cause.follows{border-color:var(--line)}
#cause h3{font-size:1.2rem}.evidence{list-style:none;padding:0}.evidence li{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}.evidence a{font-size:.82rem;white-space:nowrap}
.beside{display:grid;grid-template-columns:minmax(0,1fr) 18rem;gap:1.5rem;align-items:start}
.ladder{list-style:none;padding:0;margin:0;border:1px solid var(--line);border-radius:8px;overflow:hidden}.ladder li{display:flex;gap:.6rem;margin:0;padding:.35rem .7rem;border-left:4px solid currentColor}.ladder li+li{border-top:1px solid var(--line)}.ladder span{width:1em;text-align:center}.ladder strong,.ladder em{white-space:nowrap}.ladder em{font-style:normal;font-size:.82rem;margin-left:auto}
.way{display:grid;grid-template-columns:21rem minmax(0,1fr);gap:2rem;align-items:start}
.steps{list-style:none;counter-reset:step;padding:0;margin:0}.steps>li{counter-increment:step;position:relative;padding:0 0 .9rem 2.4rem;margin:0;scroll-margin-top:3.5rem}.steps>li::before{content:counter(step);position:absolute;left:0;top:0;width:1.5rem;height:1.5rem;line-height:1.5rem;text-align:center;border-radius:50%;background:var(--soft);font-size:.8rem;font-weight:600}.steps>li:not(:last-child)::after{content:"";position:absolute;left:.72rem;top:1.8rem;bottom:.2rem;border-left:1px solid var(--line)}.steps p{font-size:.92rem}.steps ul{font-size:.85rem}
details{margin:.2rem 0}summary{cursor:pointer}.steps summary{font-size:.85rem;color:var(--dim)}
.run{border-top:1px solid var(--line);margin:0;padding:.55rem 0}.run:first-of-type{border-top:0}.run summary .chips{margin:.3rem 0 0 1rem;font-size:.82rem}.run summary code{background:none;padding:0}.run .no{color:var(--dim);font-size:.85rem;margin-right:.6rem}.run>div{scroll-margin-top:3.5rem}`

const drawings = `
svg{display:block;max-width:100%}svg text{fill:var(--ink);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:13px}svg .small{font-size:11px}svg .dim{fill:var(--dim)}svg .title{font-weight:600}svg a{text-decoration:none}
.path{width:100%;max-width:26rem}.path .box{fill:var(--soft);stroke:var(--line)}.path .box.found{fill:var(--badsoft);stroke:var(--bad)}.path .box.change{fill:var(--warnsoft);stroke:var(--warn)}.path circle{fill:var(--paper);stroke:var(--line)}.path .no{font-size:12px}.path .arrow{fill:none;stroke:var(--dim);stroke-width:1.5}.path .stub{fill:none;stroke:var(--dim);opacity:.55}.path .end{fill:var(--soft);stroke:currentColor}.path .end.good{fill:var(--goodsoft)}.path .end.bad{fill:var(--badsoft)}.path .end.warn{fill:var(--warnsoft)}
.time{overflow:hidden}.time .axis{stroke:var(--line)}.time .mark{stroke:currentColor;stroke-dasharray:3 3}.read{fill:var(--accent);background:var(--accent)}.change{fill:var(--warn);background:var(--warn)}.odd{fill:var(--dim);background:var(--dim)}.destroy{fill:var(--bad);background:var(--bad)}.right{fill:var(--good);background:var(--good)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;font-size:.82rem;color:var(--dim)}.legend i{display:inline-block;width:.8rem;height:.6rem;border-radius:2px;margin-right:.4rem}.legend i.line{height:0;border-top:2px dashed currentColor;vertical-align:middle;border-radius:0}
.score{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1.5rem;align-items:center}.ring .track{fill:none;stroke:var(--soft);stroke-width:11}.ring .points{fill:none;stroke:currentColor;stroke-width:11;stroke-linecap:round}.ring .figure{font-size:34px;font-weight:700}
.parts{display:grid;grid-template-columns:auto minmax(4rem,1fr) auto;gap:.15rem .8rem;align-items:center;margin:0}.parts i{display:block;height:.5rem;border-radius:.25rem;background:var(--soft);overflow:hidden}.parts b{display:block;height:100%;background:var(--accent)}.parts .why{grid-column:2/4;font-size:.82rem;color:var(--dim);margin:0 0 .35rem}
.paths{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2rem;align-items:start}.trail{list-style:none;padding:0}.trail li{display:grid;grid-template-columns:3rem minmax(0,1fr);margin:.4rem 0}.trail .chips{margin-top:.2rem}.story{font-size:1.05rem;border-left:3px solid var(--line);margin:0;padding-left:1rem}`

const media = `
@media (max-width:52rem){.beside,.way,.paths{grid-template-columns:minmax(0,1fr)}.path{margin:0 auto 1rem}}
@media (max-width:30rem){nav{position:static}body{padding:1rem .75rem 2rem}section{padding:.9rem .9rem}h1{font-size:1.4rem}.score{grid-template-columns:minmax(0,1fr);justify-items:center}.parts{width:100%}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--page:#fff;--paper:#fff;--line:#bbb;--soft:#f3f3f3;--good:#146c2e;--bad:#9b1c12;--warn:#6f4800;--accent:#0a4a94;--badsoft:#fdeceb;--warnsoft:#fcf3dc;--goodsoft:#e5f5e9;--mark:#ffe9a8}
body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}section{border:0;border-radius:0;padding:0;margin:0 0 1.2rem;border-top:1px solid var(--line);padding-top:.6rem}pre{max-height:none;white-space:pre-wrap}a{color:inherit}
details::details-content{content-visibility:visible!important;display:block!important;block-size:auto!important;height:auto!important}summary{list-style:none}.cause,.steps>li,.run summary,.path,.time,tr{break-inside:avoid}h2,h3{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`

/** The look of a page: readable on a phone, on paper, and in the dark. No font and no picture is fetched. */
export const styles = [colours, texts, parts, drawings, media].join('').trim()
