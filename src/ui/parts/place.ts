import type { IBox } from '../../tokens';

/** Width and height in CSS pixels. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

/** Between the line and what floats at it. */
const GAP = 4;
/** Between what floats and the edge of the window. */
const MARGIN = 8;

/**
 * Where something floats: 4 px under the line, above it where there is no room below, and never outside the window.
 * `align` says which of its edges meets the box.
 */
export function place(box: IBox, size: ISize, view: ISize, align: 'start' | 'end'): { left: number; top: number } {
  const left = align === 'start' ? box.left : box.right - size.width;
  const below = box.bottom + GAP;
  const above = box.top - GAP - size.height;
  const fitsBelow = below + size.height <= view.height - MARGIN;
  const roomier = view.height - box.bottom >= box.top;
  const top = fitsBelow || (above < MARGIN && roomier) ? below : above;
  return {
    left: within(left, size.width, view.width),
    top: within(top, size.height, view.height)
  };
}

function within(start: number, length: number, room: number): number {
  return Math.max(MARGIN, Math.min(start, room - MARGIN - length));
}
