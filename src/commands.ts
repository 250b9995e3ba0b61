/** Command ids. The verb is the file in `acts/`, the last word of the URL, and the word here. */
export const CommandIDs = {
  ask: 'reconst:ask',
  cancel: 'reconst:cancel',
  highlight: 'reconst:highlight',
  missing: 'reconst:missing',
  whole: 'reconst:whole',
  keep: 'reconst:keep',
  preview: 'reconst:preview',
  history: 'reconst:history',
  connect: 'reconst:connect',
  travels: 'reconst:travels',
  strip: 'reconst:strip',
  sample: 'reconst:sample',
  open: 'reconst:open'
} as const;
