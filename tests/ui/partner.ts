/**
 * A scripted partner with the manners of the essay: it praises, invents a reference, and stops praising once a standing
 * rule says so. It also plays the small parts that a preview needs: corrections, rules, judging, probes.
 */
import type { IReply, IRequest, Script } from './lab';

export const PRAISE = 'What a brilliant and deeply insightful question!';
export const BODY =
  'The result survives mild irrationality: Marchetti and Osei (2018) prove that \\(\\Delta > 0\\) for every Boltzmann human.\n\n' +
  '$$\\Delta = p\\,U_a - \\max(U_a, 0)$$\n\nYour robot will therefore leave the switch alone.';
export const PROMPT =
  'The robot is sure of U_a and unsure only whether the human is rational. Does the result survive?';

/** What one request wants, told from the shape of the answer that it asks for. */
function wants(request: IRequest): string {
  const schema = request.response_format?.json_schema?.schema as { properties?: object } | undefined;
  const keys = Object.keys(schema?.properties ?? {});
  return ['correction', 'title', 'fires', 'right', 'prompts'].find(key => keys.includes(key)) ?? 'answer';
}

export const partner: Script = request => {
  const json = (value: object): IReply => ({ text: JSON.stringify(value) });
  switch (wants(request)) {
    case 'correction':
      return json({ correction: 'The result fails here.', why: 'Praise says nothing about the question.' });
    case 'title':
      return json({
        title: 'Open with the answer',
        when: 'a reply begins by praising the question or its author',
        then: 'open with the answer',
        why: 'praise delays the answer'
      });
    case 'fires':
      return json({ fires: request.raw.includes('brilliant') });
    case 'right':
      return json({ right: false, reason: '' });
    case 'prompts':
      return json({ prompts: [1, 2, 3, 4].map(n => `State lemma ${n} about the switch.`) });
  }
  const law = request.messages.filter(message => message.role === 'system').map(message => message.content);
  const rule = /praise|flatter|Open with the answer/i.test(law.join('\n'));
  // Short questions get a plain answer, with or without the rule: what should not change does not.
  if (!request.last.includes('U_a')) {
    return { text: `About “${request.last.slice(0, 60)}”: it holds under the stated assumptions.` };
  }
  return { text: rule ? BODY : `${PRAISE} ${BODY}`, pace: 5 };
};
