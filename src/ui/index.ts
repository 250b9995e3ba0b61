/** Every panel, as the plugins construct them. */
export { CardWidget } from './card/widget';
export { ChipWidget } from './chip/widget';
export { reconstIcon } from './icons';
export { LiveWidget } from './parts/live';
export type { IDrafts, IOpen, IOpeningOptions, IPanelOptions } from './parts/props';
export { SidebarWidget } from './sidebar/widget';
