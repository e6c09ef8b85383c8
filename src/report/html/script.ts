/**
 * The script of every page, as the browser runs it: filters of findings, all parts opened or closed at once, and what scrolls can be reached by keyboard.
 * Without it everything is shown.
 */
export const SCRIPT = `
'use strict';
for (const form of document.querySelectorAll('form.filters')) {
  const findings = [...form.parentElement.querySelectorAll('.finding')];
  const said = form.querySelector('output');
  const apply = () => {
    const asked = new FormData(form);
    const severities = asked.getAll('severity');
    const takes = (name, values) => asked.get(name) === '' || values.includes(asked.get(name));
    let shown = 0;
    for (const finding of findings) {
      const { severity, rule, file, stacks } = finding.dataset;
      const fits = severities.includes(severity) && takes('rule', [rule]) && takes('file', [file]) && takes('stack', JSON.parse(stacks));
      finding.hidden = !fits;
      if (fits) shown += 1;
    }
    said.value = shown + ' of ' + findings.length + (findings.length === 1 ? ' finding' : ' findings');
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  apply();
}
for (const bar of document.querySelectorAll('.folds')) {
  bar.hidden = false;
  for (const button of bar.querySelectorAll('button'))
    button.addEventListener('click', () => {
      for (const part of document.querySelectorAll('details')) part.open = button.dataset.fold === 'open';
    });
}
const reach = () => {
  for (const box of document.querySelectorAll('.scroll')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
};
addEventListener('resize', reach);
addEventListener('toggle', reach, true);
reach();
`;
