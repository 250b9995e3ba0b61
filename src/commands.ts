/** Command ids. The verb is the file in `acts/`, the last word of the URL, and the word here. */
export const CommandIDs = {
  cancel: 'reconst:cancel',
  highlight: 'reconst:highlight',
  keep: 'reconst:keep',
  missing: 'reconst:missing',
  whole: 'reconst:whole',
  formalize: 'reconst:formalize',
  organise: 'reconst:organise',
  mathematise: 'reconst:mathematise',
  preview: 'reconst:preview',
  connect: 'reconst:connect',
  library: 'reconst:library',
  travels: 'reconst:travels',
  sample: 'reconst:sample',
  open: 'reconst:open'
} as const;

/** None of our commands takes arguments: what a notebook could pass to one must not matter. */
export const NO_ARGS = { args: { type: 'object', properties: {}, additionalProperties: false } } as const;
