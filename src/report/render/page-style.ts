/** Light and dark by the reader's system; on paper everything is shown. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #ffffff; --card: #f6f8fa; --line: #d1d9e0; --accent: #0969da;
  --low: #1a7f37; --medium: #9a6700; --medium-high: #bc4c00; --high: #bc4c00; --critical: #cf222e; --bar: #e1e6eb; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --paper: #0d1117; --card: #151b23; --line: #3d444d; --accent: #4493f8;
    --low: #3fb950; --medium: #d29922; --medium-high: #f0883e; --high: #f0883e; --critical: #f85149; --bar: #2a313c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 0.75rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 1.75rem 0 0.5rem; }
p { margin: 0.5rem 0; } ul { padding-left: 1.25rem; } li { margin: 0.25rem 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: 0.35rem 2rem; margin: 0; }
dl > div { display: flex; gap: 0.6rem; } dt { color: var(--soft); flex: none; } dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; margin: 1.5rem 0; padding: 0.6rem 0; border-block: 1px solid var(--line); }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.75rem; list-style: none; margin: 0; padding: 0; }
.figures li { display: flex; flex-direction: column; gap: 0.15rem; margin: 0; padding: 0.9rem 1rem; border: 1px solid var(--line);
  border-top: 3px solid var(--level, var(--line)); border-radius: 6px; background: var(--card); }
.figures strong { font-size: 1.75rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.figures li > span:nth-child(2) { color: var(--soft); font-size: 0.85rem; flex: 1; line-height: 1.35; }
.scroll { overflow-x: auto; margin: 0.5rem 0; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 0.87rem; }
th, td { padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; } tbody tr:hover { background: var(--card); }
th { background: var(--card); white-space: nowrap; font-weight: 600; }
th button { all: unset; cursor: pointer; } th button:focus-visible, button.all:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th button::after { content: "\\2195"; color: var(--soft); opacity: 0.5; padding-left: 0.3rem; }
th[aria-sort="ascending"] button::after { content: "\\2191"; opacity: 1; } th[aria-sort="descending"] button::after { content: "\\2193"; opacity: 1; }
td { min-width: 6.5rem; } td:first-child { min-width: 13rem; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: 0.92em ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
.bar { width: 5rem; height: 0.5rem; margin-right: 0.6rem; vertical-align: 0.05em; border-radius: 2px; }
.percent { display: inline-block; min-width: 3.9em; }
.bar .all { fill: var(--bar); } .bar .part { fill: var(--high); }
.mark { display: inline-block; white-space: nowrap; font-weight: 600; font-size: 0.85em; color: var(--level, var(--ink)); }
.mark::before { content: "\\25CF"; padding-right: 0.35em; }
.level-low { --level: var(--low); } .level-medium { --level: var(--medium); } .level-medium-high { --level: var(--medium-high); }
.level-high { --level: var(--high); } .level-critical { --level: var(--critical); }
.count { color: var(--soft); font-weight: 400; font-size: 0.9em; }
details { margin: 0.6rem 0; } summary { cursor: pointer; padding: 0.35rem 0; font-weight: 600; }
button.all { font: inherit; font-size: 0.87rem; color: var(--accent); background: none; border: 0; padding: 0.25rem 0; cursor: pointer; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.87rem; }
@media print { body { max-width: none; font-size: 11px; } nav, button.all, th button::after { display: none; } tr[hidden] { display: table-row; }
  .scroll { overflow: visible; } tr { break-inside: avoid; } }
`
