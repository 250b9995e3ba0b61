/** Every panel, as the plugins construct them. */
export { AcceptanceWidget } from './acceptance/widget';
export { ArticleWidget, type IArticleOptions } from './article/widget';
export { CardWidget, type ICardOptions } from './card/widget';
export { ChipWidget, type IChipOptions } from './chip/widget';
export { CompareWidget } from './compare/widget';
export { ConnectWidget } from './connect/widget';
export { reconstIcon } from './icons';
export { ImpactWidget, type IImpactOptions } from './impact/widget';
export { LiveWidget } from './parts/live';
export type { IDrafts, IOpeningOptions, IPanelOptions } from './parts/props';
export { SentencesWidget, type ISentencesOptions } from './sentences/widget';
export { ShareWidget } from './share/widget';
export { SidebarWidget } from './sidebar/widget';
export { StatusWidget, type IStatusOptions } from './status/widget';
export { TravelsWidget } from './travels/widget';
