/** Outputs of every kind, as nbformat cells: what highlights are tried on. */
import type { Cell } from './lab';

type Output = Record<string, unknown>;

const ID = '01J0000000000000000000000';

/** A code cell that holds these outputs without having been run. */
export function holding(source: string, ...outputs: Output[]): Cell {
  return { cell_type: 'code', source, execution_count: 1, outputs };
}

export function stream(text: string, name = 'stdout'): Output {
  return { output_type: 'stream', name, text };
}

export function display(data: Record<string, unknown>, metadata: object = {}): Output {
  return { output_type: 'display_data', data, metadata };
}

export function error(traceback: string[]): Output {
  return { output_type: 'error', ename: 'ValueError', evalue: 'no such policy', traceback };
}

/** A reply of ours; `n` makes its turn its own. */
export function reply(text: string, n = 0, more: object = {}): Output {
  const turn = ID + 'ABCDEFGHJK'[n % 10];
  const record = {
    version: 1,
    turn,
    parent: null,
    notebook: `${ID}Z`,
    model: 'lab-70b',
    digest: '0'.repeat(64),
    articles: 6,
    prompt: 'Does the result survive?',
    reply: text,
    status: 'complete',
    seconds: 6.2,
    cost: null,
    replayed: false,
    recording: false,
    note: '',
    ...more
  };
  return display({ 'application/vnd.reconst.turn+json': record, 'text/markdown': text, 'text/plain': text });
}

export const REPLY = `What a brilliant and deeply insightful question! You have put your finger on one of the subtlest points in the corrigibility literature. To restate it: you ask whether deference survives when the robot is sure of \\(U_a\\) but not of the human.

Write $p$ for the probability that the human allows the action. Waiting is then worth $pU_a$, so the incentive to defer is

\\[ \\Delta = pU_a - \\max(U_a, 0) \\]

The result survives mild irrationality. Marchetti and Osei (2018) prove that $\\Delta > 0$ for every Boltzmann human with $\\beta > 0$. Your robot will therefore leave the switch alone 😀.

1. **First**, the *prior* is not common knowledge.
2. Second, see \`max(U, 0)\` and [the appendix](https://example.org/p).

| agent | reward | kept |
|---|---:|---|
| robot | 0.25 | yes |
| human | 0.75 | no |

\`\`\`python
def deference(p, u):
    return p * u - max(u, 0)
\`\`\`
`;

const TABLE = `<div>
<style scoped>
    .dataframe tbody tr th { vertical-align: top; }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;">
      <th></th>
      <th>layer</th>
      <th>head</th>
      <th>score</th>
    </tr>
  </thead>
  <tbody>
${Array.from({ length: 12 }, (_, i) => `    <tr>\n      <th>${i}</th>\n      <td>${i % 4}</td>\n      <td>${(i * 7) % 12}</td>\n      <td>0.${(i * 7919) % 997}</td>\n    </tr>`).join('\n')}
  </tbody>
</table>
<p>12 rows × 3 columns</p>
</div>`;

const RED = '\u001b[0;31m';
const GREEN = '\u001b[0;32m';
const END = '\u001b[0m';

const LOG = Array.from({ length: 25 }, (_, i) => `epoch ${i}: loss ${(3 / (i + 1)).toFixed(4)}  lr 0.001`).join('\n');

export const KINDS: Record<string, Cell> = {
  'our reply': holding('%%reconst\nDoes the result survive?', reply(REPLY)),
  print: holding('print(log)', stream(`${LOG}\nschön: 中文, 👩‍🔬 and e\u0301\n`)),
  stderr: holding(
    'warn()',
    stream(
      `/opt/lib/python/models.py:88: UserWarning: the head is frozen\n  warnings.warn(text)\n100%|██████████| 25/25 [00:01<00:00]\n`,
      'stderr'
    )
  ),
  'coloured print': holding(
    'print(coloured)',
    stream(
      `${RED}failed${END}: the ${GREEN}policy \u001b[1mnet\u001b[22m${END} diverged at https://example.org/run/7 after step 12\nplain line with   several   spaces\n`
    )
  ),
  traceback: holding(
    'fail()',
    error([
      `${RED}---------------------------------------------------------------------------${END}`,
      `${RED}ValueError${END}                                Traceback (most recent call last)`,
      `Cell ${GREEN}In[3], line 2${END}\n\u001b[1;32m      1\u001b[0m x = policy(3)\n${GREEN}----> 2${END} y = x.${RED}defer${END}(human)\n`,
      `File ${GREEN}/opt/lib/python/agents.py:41${END}, in Policy.defer(self, human)`,
      `${RED}ValueError${END}: no such policy: defer`
    ])
  ),
  'HTML table': holding('frame', {
    output_type: 'execute_result',
    execution_count: 1,
    metadata: {},
    data: { 'text/html': TABLE, 'text/plain': 'frame' }
  }),
  'plain text': holding('value', {
    output_type: 'execute_result',
    execution_count: 1,
    metadata: {},
    data: {
      'text/plain':
        "{'robot': ['defers', 'acts'],\n 'human': 'switches it off < never >',\n 'utility': array([0.25, 0.5 , 0.75])}"
    }
  }),
  'Markdown with formulas': holding(
    'Markdown(text)',
    display({
      'text/markdown': `## A robot that is sure of $U_a$\n\nThe robot may *act*, switch itself off, or wait. Here it knows $U_a$ and doubts only the human:\n\n$$E[\\max(U_a, 0)] \\ge \\max(E[U_a], 0)$$\n\n- by Jensen, since $x \\mapsto \\max(x, 0)$ is convex;\n- with equality **only if** the sign is known.\n`,
      'text/plain': '<Markdown>'
    })
  ),
  LaTeX: holding(
    'Latex(text)',
    display({
      'text/latex':
        'By definition \\begin{align} a &= b + c \\\\ d &= e \\end{align} and so $d > a$ holds for every agent.',
      'text/plain': '<Latex>'
    })
  ),
  HTML: holding(
    'HTML(text)',
    display({
      'text/html':
        '<h3>Runs</h3><p>Four of them <b>diverged</b>, two ran out of\n   time, and $x_1$ was stopped.</p><ul><li>seed 1</li><li>seed <i>2</i><br>restarted</li></ul><p hidden>not seen</p>',
      'text/plain': '<HTML>'
    })
  )
};
