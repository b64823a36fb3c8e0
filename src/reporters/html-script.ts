/** All the page does beyond showing: copies commands, filters findings, opens what a link or paper asks for. */
export const script = `
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const said = document.getElementById('said');
for (const button of all('.copy')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = button.parentElement.querySelector('.text');
    let told = 'Copied';
    try { await navigator.clipboard.writeText(source.textContent); }
    catch { getSelection().selectAllChildren(source); told = 'Selected'; }
    button.textContent = said.textContent = told;
    setTimeout(() => { button.textContent = 'Copy'; said.textContent = ''; }, 1500);
  });
}
const filter = document.getElementById('filter');
if (filter) {
  filter.closest('.filter').hidden = false;
  const chips = all('.chip[data-severity]');
  const groups = all('.group').map((node) => ({ node, wasOpen: node.open, findings: all('.finding', node).map((finding) => ({
    node: finding, text: (node.firstElementChild.textContent + ' ' + finding.firstElementChild.textContent).toLowerCase() })) }));
  const total = groups.reduce((sum, group) => sum + group.findings.length, 0);
  const apply = () => {
    const wanted = filter.value.trim().toLowerCase();
    const off = new Set(chips.filter((chip) => chip.ariaPressed === 'false').map((chip) => chip.dataset.severity));
    let shown = 0;
    for (const { node, wasOpen, findings } of groups) {
      let here = 0;
      const isOff = off.has(node.dataset.severity);
      for (const finding of findings) {
        const hide = isOff || !finding.text.includes(wanted);
        if (finding.node.hidden !== hide) finding.node.hidden = hide;
        if (!hide) here++;
      }
      node.hidden = here === 0;
      node.open = wanted === '' ? wasOpen : here > 0 && here <= 200;
      shown += here;
    }
    document.getElementById('shown').textContent = shown === total ? '' : shown + ' of ' + total + ' shown';
  };
  let waiting;
  filter.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
  for (const chip of chips) chip.addEventListener('click', () => { chip.ariaPressed = String(chip.ariaPressed === 'false'); apply(); });
  const fold = document.getElementById('fold');
  fold.addEventListener('click', () => {
    const open = fold.textContent === 'Open all';
    for (const group of groups) group.wasOpen = group.node.open = open;
    fold.textContent = open ? 'Close all' : 'Open all';
  });
}
const reveal = (node) => { for (let each = node; each; each = each.parentElement) if (each instanceof HTMLDetailsElement) each.open = true; };
addEventListener('beforeprint', () => { for (const node of all('details')) node.open = true; });
const target = () => { const node = document.getElementById(location.hash.slice(1)); if (node instanceof HTMLDetailsElement) { reveal(node); node.scrollIntoView(); } };
addEventListener('hashchange', target);
target();
`;
