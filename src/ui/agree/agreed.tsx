import * as React from '../react';
import type { ISidebarProps } from '../sidebar/props';
import { Proposals } from './proposals';
import { Rule, Short } from './rule';

/** A tab of the sidebar, with what people who share the notebook have to say to each other there. */
export function Agreed(props: ISidebarProps & { children: React.ReactNode }): JSX.Element {
  const { state, reconst, open, trans, children } = props;
  const { agreeing } = state.inForce ?? {};
  if (!agreeing) {
    return <>{children}</>;
  }
  switch (state.tab) {
    case 'review':
      return (
        <>
          <Proposals
            {...props}
            inForce={state.inForce}
            present={state.present}
            onLook={reconst.look}
            onVote={reconst.agreeing.vote}
            onRatify={on => void reconst.agreeing.ratify(on)}
            onImpact={on => {
              open.impact();
              void reconst.agreeing.impact(on);
            }}
          />
          {children}
        </>
      );
    case 'constitution':
      return (
        <>
          <Short short={agreeing.short} trans={trans} onPropose={article => void reconst.agreeing.propose(article)} />
          {children}
          <Rule agreeing={agreeing} trans={trans} onGovern={reconst.agreeing.govern} />
        </>
      );
    default:
      return <>{children}</>;
  }
}
