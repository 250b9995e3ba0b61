import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

/** Who is being asked, for how long, and the way to stop it. */
export function Asking(props: {
  since: number;
  model: string;
  trans: TranslationBundle;
  onCancel: () => void;
}): JSX.Element {
  const { trans, since, model } = props;
  const [now, setNow] = React.useState(Date.now());
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return (
    <div cl="line asking">
      <span>{trans.__('Asking %1, %2 s', model, seconds)}</span>
      <span cl="sp" />
      <Button kind={seconds >= 5 ? 'second' : 'plain'} icon="stop" onPress={props.onCancel}>
        {trans.__('Cancel')}
      </Button>
    </div>
  );
}
