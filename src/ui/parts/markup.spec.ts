import { escaped, markup } from './markup';

it('escapes what could begin or end something', () => {
  expect(escaped(`<b a="x" b='y'>&amp;`)).toBe('&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;');
});

it('what is read back is what was written', () => {
  const text = `</script><img src=x onerror=alert(1)> & "quotes" 'too' \u202e &lt;`;
  const page = new DOMParser().parseFromString(markup`<p title="${text}">${text}</p>`.text, 'text/html');
  expect(page.querySelector('p')!.textContent).toBe(text);
  expect(page.querySelector('p')!.title).toBe(text);
  expect(page.body.querySelectorAll('*')).toHaveLength(1);
});

it('finished HTML stays, alone and in lists; nothing else passes for it', () => {
  const item = markup`<li>${'<'}</li>`;
  expect(markup`<ul>${[item, item]}${item}</ul>`.text).toBe('<ul><li>&lt;</li><li>&lt;</li><li>&lt;</li></ul>');
  expect(markup`${['<b>'] as never}`.text).not.toContain('<b>');
  expect(markup`${{ text: '<b>' } as never}`.text).not.toContain('<b>');
});
