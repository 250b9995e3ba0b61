import * as React from '../react';

/** How far something has come, or how much of a room is taken. */
export function Bar(props: { role: 'progressbar' | 'meter'; label: string; now: number; most: number }): JSX.Element {
  const { role, label, now, most } = props;
  return (
    <div
      cl="bar-track"
      role={role}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(most, now, 1)}
      aria-valuenow={now}
    >
      <i style={{ width: `${most ? Math.min(100, (100 * now) / most) : 0}%` }} />
    </div>
  );
}
