/** The reference's own style sheet, served beside it: the page holds no style and no script. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e2e5ea, #2e333b); --soft: light-dark(#f5f6f8, #1b1f25); --ink: light-dark(#1d2127, #e6e8eb); --faint: light-dark(#5b6470, #9aa3af); --accent: light-dark(#2456c5, #8fb2ff); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: minmax(15rem, 21rem) minmax(0, 1fr); font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#fff, #14171b); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: 13px; }
nav h2 { margin: 1rem 0 .25rem; font-size: 12px; color: var(--faint); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: 4px 6px; border-radius: 4px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: var(--soft); }
main:only-child { grid-column: 1 / -1; }
main { padding: 2rem clamp(1rem, 4vw, 3rem); max-width: 60rem; }
h1 { margin: 0; font-size: 26px; }
main > h2 { margin: 2.5rem 0 0; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
article { padding: 1rem 0; border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; }
article:target { background: var(--soft); box-shadow: 0 0 0 .75rem var(--soft); }
h3 { margin: 0; font-size: 17px; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .25rem; font-size: 13px; color: var(--faint); }
p { margin: .25rem 0; }
em { color: var(--faint); }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem; overflow: auto; border-radius: 6px; background: var(--soft); overflow-wrap: normal; }
h3 code { font-size: 15px; }
article:target pre { background: light-dark(#fff, #14171b); }
table { border-collapse: collapse; }
td { padding: 4px 1rem 4px 0; vertical-align: top; }
dl { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .25rem .5rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; }
b.GET, b.POST, b.DELETE, b.PUT, b.PATCH { font-size: 11px; }
b.GET { color: light-dark(#17713d, #63cf8f); } b.POST { color: var(--accent); } b.DELETE { color: light-dark(#b3261e, #ff9d94); }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); } }
`;
