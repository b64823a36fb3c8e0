/** All the page does beyond showing: copies commands, filters findings, opens everything for paper. */
export const script = `
for (const button of document.querySelectorAll('.copy')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = button.nextElementSibling.textContent;
    try { await navigator.clipboard.writeText(text); button.textContent = 'Copied'; }
    catch { getSelection().selectAllChildren(button.nextElementSibling); button.textContent = 'Selected'; }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
}
const filter = document.getElementById('filter');
if (filter) {
  filter.closest('p').hidden = false;
  const findings = [...document.querySelectorAll('.finding')].map((node) => [node, node.closest('.group').querySelector('h3').textContent + ' ' + node.querySelector('summary').textContent]);
  filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    let shown = 0;
    for (const [node, text] of findings) { node.hidden = !text.toLowerCase().includes(wanted); if (!node.hidden) shown++; }
    for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('.finding:not([hidden])');
    document.getElementById('shown').textContent = shown + ' of ' + findings.length;
  });
}
addEventListener('beforeprint', () => { for (const node of document.querySelectorAll('details')) node.open = true; });
const target = () => { const node = document.getElementById(location.hash.slice(1)); if (node instanceof HTMLDetailsElement) node.open = true; };
addEventListener('hashchange', target);
target();
`;
