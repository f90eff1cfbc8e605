// The frame of every prototype. Run: node web/prototypes/make.mjs – writes web/prototypes/*.html
export const icon = (name, extra = '') =>
  `<svg class="icon${extra ? ` ${extra}` : ''}" aria-hidden="true"><use href="/assets/icons.svg#${name}" /></svg>`;
export const btn = (label, href, kind = 'primary', symbol = '', more = '') =>
  `<a class="kern-btn kern-btn--${kind}" href="${href}"${more}>${symbol ? icon(symbol) : ''}<span class="kern-label">${label}</span></a>`;
export const submit = (label, kind = 'primary', more = '', symbol = '') =>
  `<button class="kern-btn kern-btn--${kind}" type="submit"${more}>${symbol ? icon(symbol) : ''}<span class="kern-label">${label}</span></button>`;
export const sr = (text) => `<span class="sr-only">${text}</span>`;
export const pill = (kind, text) => `<span class="pill${kind.trim() ? ` ${kind.trim().split(' ').map((name) => (name.startsWith('pill--') ? name : `pill--${name}`)).join(' ')}` : ''}">${text}</span>`;
export const crumbs = (list) => `<nav class="breadcrumb" aria-label="Brotkrümel">
          <ol>
            <li><a href="index.html">Start</a></li>
            ${list.slice(0, -1).map(([text, href]) => `<li><a href="${href}">${text}</a></li>`).join('\n            ')}
            <li><span aria-current="page">${list.at(-1)[0]}</span></li>
          </ol>
        </nav>`;
export const head = ({ path, h1, lead = '', tags = '', actions = '' }) => `
      <div class="page-head">
        <div class="wrap">
          ${crumbs(path)}
          ${tags ? `<p class="tags">${tags}</p>` : ''}
          <div class="page-head__row">
            <div>
              <h1>${h1}</h1>
              ${lead ? `<p class="page-head__lead">${lead}</p>` : ''}
            </div>
            ${actions ? `<div class="button-row">${actions}</div>` : ''}
          </div>
        </div>
      </div>`;
export const select = (id, label, options, { name = id, hidden = false, chosen = 0 } = {}) => `<div class="select">
  <label class="${hidden ? 'sr-only' : 'small'}" for="${id}">${label}</label>
  <select class="field" id="${id}" name="${name}">${options.map((text, n) => `<option${n === chosen ? ' selected' : ''}>${text}</option>`).join('')}</select>
  ${icon('down')}
</div>`;
export const check = (name, value, text, count = '', on = false, type = 'checkbox') => `<label class="check">
  <input class="check__box" type="${type}" name="${name}" value="${value}"${on ? ' checked' : ''}>
  <span>${text}</span>${count === '' ? '' : `
  <span class="count-plain">${count}</span>`}
</label>`;
export const file = (name, meta, href = '#') => `<li class="file">
  ${icon('file')}
  <div>
    <a class="file__name" href="${href}">${name}</a>
    <span class="file__meta">${meta}</span>
  </div>
  ${icon('download')}
</li>`;
export const field = (id, label, { hint = '', value = '', type = 'text', optional = false, error = '', more = '', area = 0, max = 0, wrap = '' } = {}) => {
  const by = [hint && `${id}-hint`, error && `${id}-error`, max && `${id}-count`].filter(Boolean).join(' ');
  const attributes = `class="field${wrap}" id="${id}" name="${id}"${by ? ` aria-describedby="${by}"` : ''}${error ? ' aria-invalid="true"' : ''}${max ? ` maxlength="${max}"` : ''}${more ? ` ${more}` : ''}`;
  return `<div class="f${error ? ' f--error' : ''}">
  <label for="${id}">${label}${optional ? ' <span class="optional">(freiwillig)</span>' : ''}</label>
  ${hint ? `<p class="hint" id="${id}-hint">${hint}</p>` : ''}
  ${error ? `<p class="error-text" id="${id}-error">${icon('warning')}<span>${error}</span></p>` : ''}
  ${area ? `<textarea ${attributes} rows="${area}">${value}</textarea>` : `<input type="${type}" ${attributes}${value ? ` value="${value}"` : ''}>`}
  ${max ? `<p class="counter" id="${id}-count">${value.length} von ${max} Zeichen</p>` : ''}
</div>`;
};
export const chosen = (kind, text) => `<a class="chip" href="#">${sr('Filter entfernen: ')}${text} ${icon('close')}</a>`;
export const pager = (text, back = '#', next = '#') => `<nav class="pager" aria-label="Seiten">
  ${back ? `<a href="${back}" rel="prev">${icon('back')} Zurück</a>` : ''}
  <span class="muted small">${text}</span>
  ${next ? `<a href="${next}" rel="next">Weiter ${icon('next')}</a>` : ''}
</nav>`;

const main = [['Mitmachangebote', 'angebote.html'], ['Termine', 'termine.html'], ['Ergebnisse', 'ergebnisse.html'],
  ['Instrumentenkoffer', 'instrumentenkoffer.html'], ['Neuigkeiten', 'neuigkeiten.html'], ['Über MitWIRken', 'ueber.html']];
const documentHead = (title, description) => `<!DOCTYPE html>
<html lang="de" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} – MitWIRken in Dortmund</title>
    <meta name="description" content="${description}">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="/assets/img/mark.svg" type="image/svg+xml">
    <link rel="preload" href="/assets/fonts/fira-Regular-latin.woff2" as="font" type="font/woff2" crossorigin>
    <link rel="stylesheet" href="/assets/app.css">
    <link rel="stylesheet" href="/theme.css">
    <script src="/assets/theme.js"></script>
    <script type="module" src="/assets/app.js"></script>
  </head>`;

export function page({ title, nav = '', body, description = 'Mitmachen, mitreden, mitentscheiden: das Beteiligungsportal der Stadt Dortmund.', after = '' }) {
  return `${documentHead(title, description)}
  <body class="kern-layer kern-level-0">
    <a class="skip-link" href="#content">Zum Inhalt springen</a>
    <div class="topbar">
      <nav class="wrap" aria-label="Hilfen und Sprachen">
        <span class="topbar__text">Ein Angebot der Stadt Dortmund</span>
        <ul class="topbar__list">
          <li><a href="#">${icon('book')} Leichte Sprache</a></li>
          <li><a href="#">${icon('sign-language')} Gebärden­sprache</a></li>
          <li class="only-wide"><a href="#" lang="en" hreflang="en">${icon('globe')} English</a></li>
          <li class="only-wide"><a href="#" lang="ar" dir="rtl" hreflang="ar">العربية</a></li>
        </ul>
      </nav>
    </div>
    <header class="site-header">
      <div class="wrap">
        <div class="site-header__row">
          <a class="brand" href="index.html">
            <img class="brand__mark" src="/assets/img/mark.svg" alt="" width="46" height="46">
            <span>
              <span class="brand__name">MitWIRken</span>
              <span class="brand__sub">in Dortmund</span>
            </span>
          </a>
          <form class="search" role="search" action="suche.html">
            <label class="sr-only" for="q">Angebote, Formate, Termine und Dokumente suchen</label>
            <input class="search__input" id="q" name="q" type="search" placeholder="Angebot, Ort oder Thema">
            <button class="search__button" type="submit">${icon('search')}${sr('Suchen')}</button>
          </form>
          ${btn('Anmelden', 'anmelden.html', 'secondary', 'person')}
          <button class="kern-btn kern-btn--tertiary menu-button" type="button" data-menu aria-expanded="false" aria-controls="main-menu">
            ${icon('menu', 'icon--large')}${sr('Menü')}
          </button>
        </div>
        <nav class="nav" id="main-menu" aria-label="Hauptmenü">
          <ul>
            ${main.map(([text, href]) => `<li><a href="${href}"${nav === text ? ' aria-current="true"' : ''}>${text}</a></li>`).join('\n            ')}
            <li class="nav__search"><a href="suche.html">Suche</a></li>
          </ul>
        </nav>
      </div>
    </header>
    <p class="sr-only" id="announcer" role="status" data-offline="Keine Verbindung. Bitte versuchen Sie es erneut."></p>
    <main id="content" tabindex="-1">${body}
    </main>${after}
    <footer class="site-footer">
      <div class="wrap">
        <div class="site-footer__grid">
          <div>
            <h2>MitWIRken in Dortmund</h2>
            <p>Alle Angebote zum Mitmachen an einem Ort: aktuelle, dauerhafte und abgeschlossene – mit Unterlagen und Ergebnissen. Freie Software unter EUPL.</p>
          </div>
          <div>
            <h2>Mitmachen</h2>
            <ul>
              <li><a href="angebote.html">Alle Angebote</a></li>
              <li><a href="termine.html">Termine und Kalender</a></li>
              <li><a href="instrumentenkoffer.html">Instrumentenkoffer</a></li>
              <li><a href="downloads.html">Downloads</a></li>
            </ul>
          </div>
          <div>
            <h2>Kontakt</h2>
            <ul>
              <li>Ombudsstelle für Bürger*innen­interessen</li>
              <li><a href="mailto:mitwirken@dortmund.de">mitwirken@dortmund.de</a></li>
              <li><a href="#">Offene Daten &amp; Einbetten</a></li>
            </ul>
          </div>
          <div>
            <h2>Für alle</h2>
            <ul>
              <li><a href="#">Erklärung zur Barrierefreiheit</a></li>
              <li><a href="barriere-melden.html">Barriere melden</a></li>
              <li><a href="#">Leichte Sprache</a></li>
              <li><a href="#">Gebärdensprache</a></li>
            </ul>
          </div>
        </div>
        <div class="site-footer__bottom">
          <span>© 2021 Stadt Dortmund</span>
          <ul>
            <li><a href="#">Impressum</a></li>
            <li><a href="#">Datenschutz</a></li>
            <li><a href="#">Darstellung: hell oder dunkel</a></li>
          </ul>
        </div>
      </div>
    </footer>
  </body>
</html>
`;
}

const side = [
  ['', [['Übersicht', 'verwaltung.html', 'home'], ['Meine Aufgaben', '#', 'inbox', '7']]],
  ['Inhalte', [['Mitmachangebote', 'verwaltung-angebote.html', 'megaphone'], ['Instrumentenkoffer', 'verwaltung-format.html', 'toolbox'], ['Termine', '#', 'calendar'], ['Neuigkeiten', '#', 'rss'], ['Dokumente', '#', 'folder'], ['Import', 'verwaltung-import.html', 'upload']]],
  ['Menschen', [['Personen und Rollen', 'verwaltung-personen.html', 'people'], ['Moderation', '#', 'flag', '3'], ['Postausgang', 'verwaltung-post.html', 'mail']]],
  ['System', [['Einstellungen', 'verwaltung-einstellungen.html', 'settings'], ['Protokoll', 'verwaltung-protokoll.html', 'history'], ['Hintergrund\u00adaufgaben', 'verwaltung-aufgaben.html', 'refresh'], ['Meine Sitzungen', 'verwaltung-sitzungen.html', 'shield']]],
];
export function adminPage({ title, nav, path = [], body, actions = '', note = '' }) {
  return `${documentHead(`${title} – Verwaltung`, 'Verwaltung des Beteiligungsportals.')}
  <body class="kern-layer kern-level-0">
    <a class="skip-link" href="#content">Zum Inhalt springen</a>
    <header class="admin-bar">
      <div class="admin-bar__row">
        <a class="brand" href="verwaltung.html">
          <img class="brand__mark" src="/assets/img/mark.svg" alt="" width="36" height="36">
          <span>
            <span class="brand__name">MitWIRken – Verwaltung</span>
            <span class="brand__sub">Stadt Dortmund</span>
          </span>
        </a>
        <nav class="admin-bar__links" aria-label="Konto">
          <a class="inline-icon" href="index.html">${icon('eye')} Zur Website</a>
          <a class="inline-icon" href="verwaltung-sitzungen.html">${icon('person')} Redaktion Ombudsstelle</a>
          <a class="inline-icon" href="#">${icon('logout')} Abmelden</a>
        </nav>
      </div>
    </header>
    <p class="sr-only" id="announcer" role="status" data-offline="Keine Verbindung. Bitte versuchen Sie es erneut."></p>
    <div class="admin">
      <nav class="side-nav" aria-label="Verwaltung">
        <details class="side-nav__fold" open>
          <summary>${icon('menu')} Menü: ${nav}</summary>
          ${side.map(([group, links]) => `${group ? `<h2 class="side-nav__title">${group}</h2>` : ''}
          <ul>
            ${links.map(([text, href, symbol, count]) => `<li><a href="${href}"${text === nav ? ' aria-current="page"' : ''}>${icon(symbol)}<span>${text}</span>${count ? `<span class="count">${count}${sr(' offen')}</span>` : ''}</a></li>`).join('\n            ')}
          </ul>`).join('\n          ')}
        </details>
      </nav>
      <main class="admin__main" id="content" tabindex="-1">
        <div class="admin__inner">
          ${path.length ? `<nav class="breadcrumb" aria-label="Brotkrümel"><ol>${path.map(([text, href]) => `<li>${href ? `<a href="${href}">${text}</a>` : `<span aria-current="page">${text}</span>`}</li>`).join('')}</ol></nav>` : ''}
          <div class="admin__head">
            <div><h1>${title}</h1>${note ? `<p class="muted">${note}</p>` : ''}</div>
            ${actions ? `<div class="button-row">${actions}</div>` : ''}
          </div>
          ${body}
        </div>
      </main>
    </div>
  </body>
</html>
`;
}
export const barePage = ({ title, body }) => `${documentHead(title, 'Eingebettete Ansicht.')}
  <body class="kern-layer kern-level-0">
    <main class="embed" id="content">${body}
    </main>
  </body>
</html>
`;
