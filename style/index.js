import base from './base.raw.css';
import parts from './parts.raw.css';
import sidebar from './sidebar.raw.css';
import constitution from './constitution.raw.css';
import clashes from './clashes.raw.css';
import chip from './chip.raw.css';
import card from './card.raw.css';
import page from './page.raw.css';
import impact from './impact.raw.css';
import plot from './plot.raw.css';
import acceptance from './acceptance.raw.css';
import reply from './reply.raw.css';
import highlights from './highlights.raw.css';
import article from './article.raw.css';
import connect from './connect.raw.css';
import sentences from './sentences.raw.css';
import status from './status.raw.css';

// One sheet for the page. The builder hands a `.raw.css` over as text: no loader stands in the bundle for each file.
const sheet = document.createElement('style');
sheet.textContent = [
  base,
  parts,
  sidebar,
  constitution,
  clashes,
  chip,
  card,
  page,
  impact,
  plot,
  acceptance,
  reply,
  highlights,
  article,
  connect,
  sentences,
  status
].join('\n');
document.head.append(sheet);
