/** What is there from the start, as the plugins construct it. */
export { CardWidget, type ICardOptions } from './card/widget';
export { ChipWidget, type IChipOptions } from './chip/widget';
export { reconstIcon } from './icons';
export { LiveWidget } from './parts/live';
export type { IDrafts, IOpeningOptions, IPanelOptions } from './parts/props';
export { SentencesWidget, type ISentencesOptions } from './sentences/widget';
export { SidebarWidget } from './sidebar/widget';
export { StatusWidget, type IStatusOptions } from './status/widget';
