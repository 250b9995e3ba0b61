/** Where a component stands in a test: a place of its own in the page, gone afterwards. */
import { ReactNode, act } from 'react';
import { Root, createRoot } from 'react-dom/client';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

export interface IStage {
  /** The place of the test that runs. */
  readonly host: HTMLElement;
  draw(node: ReactNode): void;
  /** Draw, and let what was promised meanwhile come. */
  settle(node: ReactNode): Promise<void>;
  /** The first button whose words begin so. */
  button(words: string): HTMLButtonElement;
}

/** To be called once in a file of tests, before its own `beforeEach`. */
export function stage(): IStage {
  let root: Root;
  let host: HTMLElement;
  beforeEach(() => {
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
  });
  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });
  return {
    get host() {
      return host;
    },
    draw: node => act(() => root.render(node)),
    settle: node => act(async () => root.render(node)),
    button: words => Array.from(host.querySelectorAll('button')).find(b => b.textContent?.trim().startsWith(words))!
  };
}
