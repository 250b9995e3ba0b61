import * as React from '../react';

export interface IPageProps {
  readonly title: string;
  /** What it is called where its title would not say it. */
  readonly label?: string;
  /** What it belongs to, above the title. */
  readonly over?: React.ReactNode;
  /** What to know of it, in a sentence below the title. */
  readonly lede?: React.ReactNode;
  /** What stands below that, and beside the title. */
  readonly under?: React.ReactNode;
  readonly beside?: React.ReactNode;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly children?: React.ReactNode;
}

/** A page of the main area: its head, then whatever stands in it. */
export function Page(props: IPageProps): JSX.Element {
  const { title, label, over, lede, under, beside, onKeyDown, children } = props;
  return (
    <div cl="pagebox" role="region" aria-label={label ?? title} onKeyDown={onKeyDown}>
      <div cl="pagehead">
        <div>
          {over && <p cl="muted">{over}</p>}
          <h2>{title}</h2>
          {lede && <p cl="lede">{lede}</p>}
          {under}
        </div>
        {beside}
      </div>
      {children}
    </div>
  );
}
