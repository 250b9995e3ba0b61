import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

import { keepTex } from './tex';

it('where MathJax cannot be loaded a formula stays as it is written, and the next one is tried again', async () => {
  const add = jest.fn();
  const drawn: Element[] = [];
  let there = false;
  const host = {
    mathDocument: () => (there ? Promise.resolve({ renderActions: { add } }) : Promise.reject(new Error('offline'))),
    typeset: async (element: Element) => void drawn.push(element)
  };
  jest.spyOn(console, 'warn').mockImplementation();
  keepTex(host as unknown as IRenderMime.ILatexTypesetter);
  const [first, second] = [document.createElement('p'), document.createElement('p')];
  await host.typeset(first);
  there = true;
  await host.typeset(second);
  expect(drawn).toEqual([second]);
  expect(add).toHaveBeenCalledTimes(1);
});
