/** The pages of the main area and the dialogs, fetched together with the first one that is opened. */
export { AcceptanceWidget } from './acceptance/widget';
export { ArticleWidget, type IArticleOptions } from './article/widget';
export { ArgumentWidget } from './argument/widget';
export { CompareWidget } from './compare/widget';
export { ConnectWidget } from './connect/widget';
export { ImpactWidget, type IImpactOptions } from './impact/widget';
export { LibraryWidget } from './library/widget';
export { ReferencesWidget, type IReferencesOptions } from './references/widget';
export { ReportWidget, type IReportOptions } from './report/widget';
export { SentWidget, type ISentOptions } from './sent/widget';
export { ShareWidget } from './share/widget';
export { TravelsWidget } from './travels/widget';
export { VariantsWidget } from './variants/widget';
