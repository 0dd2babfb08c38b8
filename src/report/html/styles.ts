/** The look of the page: readable on a phone, on paper, and in the dark. No font and no picture is fetched. */
export const styles = `
:root{color-scheme:light dark;--ink:#1c2127;--dim:#5b6570;--paper:#fff;--line:#d5dae0;--soft:#f3f5f7;--good:#1a7f37;--bad:#b3261e;--warn:#8a5a00;--accent:#0b57b0}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8ec;--dim:#9aa5b1;--paper:#14181d;--line:#343c45;--soft:#1d2329;--good:#5fcf7f;--bad:#ff8a80;--warn:#f0b95a;--accent:#7db8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.2rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}h3{font-size:1rem;margin:.2rem 0}
.dim{color:var(--dim)}code,pre,svg text{font-family:ui-monospace,monospace}code{font-size:.88em;background:var(--soft);padding:.05em .3em;border-radius:3px}
pre{font-size:.82rem;background:var(--soft);padding:.7rem;overflow:auto;max-height:26rem;white-space:pre;border-radius:4px}
.status{display:inline-block;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor;font-size:.9rem}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
.cause{border-left:4px solid var(--bad);padding:.3rem .8rem;margin:.7rem 0;background:var(--soft)}.cause.warning{border-color:var(--warn)}.cause.follows{border-color:var(--line)}
.layers{display:flex;flex-wrap:wrap;gap:.4rem;padding:0;list-style:none}.layers li{border:1px solid var(--line);border-radius:4px;padding:.15rem .6rem}
.path{list-style:none;margin:0;padding:0}.path>li{border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem;position:relative;margin:0 0 1.4rem}
.path>li:not(:last-child)::after{content:"↓";position:absolute;left:1.2rem;bottom:-1.45rem;color:var(--dim)}.path ul{margin:.3rem 0 0;padding-left:1.1rem}.taken{font-weight:600}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.88rem}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line)}
svg text{font-size:11px;fill:var(--ink)}rect.read{fill:var(--accent)}rect.change{fill:var(--bad)}rect.odd{fill:var(--warn)}
details{margin:.4rem 0}summary{cursor:pointer}summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media print{body{max-width:none;padding:0;font-size:11pt}pre{max-height:none;white-space:pre-wrap}.path>li,.cause,tr{break-inside:avoid}}
`.trim()
