import { btn, check, chosen, field, file, head, icon, page, pager, pill, select, sr, submit } from './lib.mjs';
import { formIcon, formats } from './data.mjs';

const tags = (format) => `<ul class="format-tags">
  <li>${icon(formIcon[format.form])}${format.form}</li>
  <li>${icon('people')}${format.size}</li>
  <li>${icon('distance')}Abstand: ${format.distance}</li>
</ul>`;
const compare = (format, on) => `<label class="compare-check"><input class="check__box" type="checkbox" name="format" value="${format.name}" form="compare"${on ? ' checked' : ''}> <span>Vergleichen${sr(`: ${format.name}`)}</span></label>`;
const card = (format, n) => `<li class="card card--link">
  <p class="eyebrow">${format.purpose}</p>
  <h2 class="card__title"><a href="format.html">${format.name}</a></h2>
  <p class="card__text">${format.text}</p>
  ${tags(format)}
  <div class="card__foot">
    <span class="muted small">${format.reports ? `${format.reports} Erfahrungsbericht${format.reports > 1 ? 'e' : ''}` : 'noch keine Berichte'}</span>
    ${compare(format, n === 0 || n === 1)}
  </div>
</li>`;
const filters = `<form id="filter-form" method="get" action="instrumentenkoffer.html" aria-label="Formate filtern" data-part="results">
  <details class="filters" open>
    <summary>${icon('filter')} Filter <span class="count">1 aktiv</span></summary>
    <div class="filters__head"><h2 class="h4">Filter</h2><a class="small" href="#">Alle zurücksetzen</a></div>
    <div class="filters__search f">
      <label for="text">Volltextsuche</label>
      <p class="hint" id="text-hint">auch in Anleitungen und Dateien</p>
      <input class="field" type="search" id="text" name="q" aria-describedby="text-hint">
    </div>
    <fieldset><legend>Anwendungskategorie</legend><div>
      ${check('zweck', '1', 'Informieren/<wbr>Darstellen', 14)}${check('zweck', '2', 'Austauschen/<wbr>Diskutieren', 21, true)}${check('zweck', '3', '(Problem-)Lösung erarbeiten', 17)}${check('zweck', '4', '(Mit-)Entscheiden', 8)}
    </div></fieldset>
    <fieldset><legend>Umsetzungsform</legend><div>
      ${check('form', 'analog', 'Analog', 11)}${check('form', 'digital', 'Digital', 6)}${check('form', 'hybrid', 'Hybrid', 4)}
    </div></fieldset>
    <fieldset><legend>Teilnehmer*innenkreis</legend><div>
      ${check('kreis', '1', '1 bis 10 Personen', 4)}${check('kreis', '2', '11 bis 50 Personen', 12)}${check('kreis', '3', 'Mehr als 50 Personen', 7)}${check('kreis', '4', 'Unbegrenzt', 3)}
    </div></fieldset>
    <fieldset><legend>Als Abstandsformat umsetzbar</legend><div>
      ${check('abstand', '', 'egal', '', true, 'radio')}${check('abstand', 'ja', 'Ja', 13, false, 'radio')}${check('abstand', 'nein', 'Nein', 8, false, 'radio')}
    </div></fieldset>
    <div class="filters__foot">${submit('21 Formate anzeigen')}</div>
  </details>
</form>`;
const toolbar = (view) => `<div class="toolbar">
  <p><b>21 Formate</b> <span class="muted">von 60</span></p>
  <div class="toolbar__end">
    ${select('sortierung', 'Sortieren nach', ['Format/Methode A–Z', 'Format/Methode Z–A', 'Anwendungskategorie', 'Umsetzungsform', 'Teilnehmer*innenkreis', 'Abstandsformat', 'Zuletzt geändert', 'Meiste Erfahrungsberichte'], { hidden: true })}
    <nav class="switch" aria-label="Darstellung">
      <a href="instrumentenkoffer.html"${view === 'cards' ? ' aria-current="true"' : ''}>${icon('cards')} Kacheln</a>
      <a href="instrumentenkoffer-tabelle.html"${view === 'table' ? ' aria-current="true"' : ''}>${icon('table')} Tabelle</a>
    </nav>
  </div>
</div>
<p class="chips"><span class="muted">Aktive Filter:</span> ${chosen('', 'Austauschen/Diskutieren')}</p>`;
const compareBar = `
    <form class="compare-bar" id="compare" method="get" action="vergleich.html" aria-label="Vergleich">
      <div class="wrap">
        <b>2 <span class="only-wide">Formate</span> gemerkt</b>
        <ul class="compare-bar__list"><li class="compare-bar__item">Digitaler Bürger*innendialog</li><li class="compare-bar__item">World Café</li></ul>
        ${submit('Vergleichen', 'primary', '', 'compare')}
        <button class="kern-btn kern-btn--tertiary" type="submit" name="leeren" value="1"><span class="kern-label">Leeren</span></button>
      </div>
    </form>`;
const top = (h1, path) => head({ path, h1,
  lead: 'Erprobte Formate der Beteiligung – analog, digital und hybrid – mit Anleitungen, Ablaufplänen und Erfahrungen. Für die Stadtgesellschaft und für die Verwaltung.',
  actions: `${btn('Welches Format passt?', 'format-finden.html', 'primary', 'help')} ${btn('Als PDF', '#', 'secondary', 'download')}` });

const list = page({ title: 'Instrumentenkoffer', nav: 'Instrumentenkoffer', after: compareBar, body: `
      ${top('Instrumentenkoffer', [['Instrumentenkoffer']])}
      <div class="section section--tinted">
        <div class="wrap with-filters">
          ${filters}
          <div id="results">
            ${toolbar('cards')}
            <ul class="cards cards--two">${formats.map(card).join('\n')}</ul>
            ${pager('Formate 1 bis 8 von 21', '', '#')}
          </div>
        </div>
      </div>` });

const th = (text, sorted = '') => `<th scope="col"${sorted ? ` aria-sort="${sorted}"` : ''}><a class="table__sort" href="#">${text}</a></th>`;
const table = page({ title: 'Instrumentenkoffer als Tabelle', nav: 'Instrumentenkoffer', after: compareBar, body: `
      ${top('Instrumentenkoffer', [['Instrumentenkoffer']])}
      <div class="section section--tinted">
        <div class="wrap with-filters">
          ${filters}
          <div id="results">
            ${toolbar('table')}
            <div class="table-box" role="region" aria-labelledby="t-formats" tabindex="0">
              <table class="table table--dense">
                <caption id="t-formats">Formate nach Name</caption>
                <thead><tr>${th('Format/Methode', 'ascending')}${th('Anwendungskategorie')}${th('Umsetzungsform')}${th('Teilnehmer*innenkreis')}${th('Abstandsformat')}<th scope="col">Vergleich</th></tr></thead>
                <tbody>
                  ${[...formats].sort((a, b) => a.name.localeCompare(b.name, 'de')).map((format) => `<tr><th scope="row"><a href="format.html">${format.name}</a></th><td>${format.purpose}</td><td><span class="inline-icon">${icon(formIcon[format.form])}${format.form}</span></td><td>${format.size}</td><td>${format.distance}</td><td>${compare(format, format.name.startsWith('Digital') || format.name.startsWith('World')).replace('<span>', '<span class="sr-only">')}</td></tr>`).join('\n')}
                </tbody>
              </table>
            </div>
            ${pager('Formate 1 bis 8 von 21', '', '#')}
          </div>
        </div>
      </div>` });

const f = formats[0];
const detail = page({ title: f.name, nav: 'Instrumentenkoffer', body: `
      ${head({ path: [['Instrumentenkoffer', 'instrumentenkoffer.html'], [f.name]], h1: f.name, tags: `${pill('plain', f.purpose)} ${pill('plain', f.form)}`,
    lead: f.text, actions: `${btn('Als PDF', '#', 'primary', 'download')} ${btn('Drucken', '#', 'secondary', 'print')} ${btn('Vergleichen', 'vergleich.html', 'tertiary', 'compare')}` })}
      <div class="section">
        <div class="wrap columns">
          <article class="stack stack--large">
            <section aria-labelledby="h-about">
              <h2 class="h2" id="h-about">Auf einen Blick</h2>
              <dl class="meta-list">
                <div><dt>Anwendungskategorie</dt><dd>${f.purpose}</dd></div>
                <div><dt>Format/Methode</dt><dd>${f.name}</dd></div>
                <div><dt>Umsetzungsform</dt><dd><span class="inline-icon">${icon('monitor')} Digital</span></dd></div>
                <div><dt>Möglicher Teilnehmer*innenkreis</dt><dd>Mehr als 50 Personen</dd></div>
                <div><dt>Umsetzung als Abstandsformat</dt><dd>Nein</dd></div>
                <div><dt>Veröffentlichen im Web</dt><dd>Ja, freigegeben mit dem durchführenden Fachbereich</dd></div>
              </dl>
            </section>
            <section class="prose" aria-labelledby="h-text">
              <h2 id="h-text">Beschreibung</h2>
              <p>Der Digitale Bürger*innendialog ist ein Format zum Austausch mit einer größeren Gruppe von Bürger*innen. Dabei diskutieren die Teilnehmenden in mehreren aufeinanderfolgenden Gesprächsrunden zu einem vorgegebenen Thema. Zwischenstände der Diskussionen werden an Pinnwänden dokumentiert und vergemeinschaftet.</p>
              <p>Abschließend findet eine Abstimmung über die Priorisierung der erarbeiteten Positionen statt. Ergebnisse der Veranstaltungen sind ausformulierte Empfehlungen an Politik, Verwaltung oder gesellschaftliche Verantwortungsträger.</p>
            </section>
            <section class="stack" aria-labelledby="h-tips">
              <h2 class="h2" id="h-tips">Tipps und Tricks zur Durchführung</h2>
              <ul class="files">
                ${file('Handreichung der Bertelsmann Stiftung', 'PDF, 1,8 MB')}${file('Tipps und Tricks – Moderation', 'PDF, 420 kB, barrierefrei')}${file('Regiefolien', 'PPTX, 3,2 MB')}${file('Konzept und Ablaufplan', 'PDF, 510 kB, barrierefrei')}
              </ul>
              <p><a class="inline-icon" href="dialog.html">${icon('book')} Beispiel: Dokumentation des 1. Digitalen Dortmunder Bürger*innendialogs</a></p>
            </section>
            <section aria-labelledby="h-tools">
              <h2 class="h2" id="h-tools">Tools und Online-Dienste</h2>
              <dl class="meta-list">
                <div><dt>Zoom</dt><dd><a href="https://zoom.us/" rel="noreferrer">zoom.us ${icon('external')}</a><br><a href="#">Zoom-Leitfaden (DOCX, 88 kB)</a></dd></div>
                <div><dt>Microsoft Teams</dt><dd><a href="https://www.microsoft.com/de-de/microsoft-teams/group-chat-software" rel="noreferrer">microsoft.com ${icon('external')}</a></dd></div>
                <div><dt>Cisco WebEx</dt><dd><a href="https://www.webex.com/de/index.html" rel="noreferrer">webex.com ${icon('external')}</a></dd></div>
              </dl>
            </section>
            <section class="stack" aria-labelledby="h-reports">
              <div class="row row--between"><h2 class="h2" id="h-reports">Erfahrungen</h2><a class="no-print" href="#">Eigene Erfahrung einreichen</a></div>
              <article class="group">
                <div class="row row--between"><h3 class="h3">1. Digitaler Bürger*innendialog, August 2020</h3>${pill('ok', 'wieder so')}</div>
                <dl class="meta-list">
                  <div><dt>Was gut lief</dt><dd>Breakout-Gruppen mit eigener Moderation; Stimmungsbilder per Handzeichen lockern auf.</dd></div>
                  <div><dt>Was wir anders machen würden</dt><dd>Mehr Zeit für Technik am Anfang; ein Angebot für Menschen ohne Computer daneben stellen.</dd></div>
                  <div><dt>Aufwand</dt><dd>hoch – Schulung der Moderation, Regieplan, vier Gruppen</dd></div>
                </dl>
              </article>
            </section>
          </article>
          <aside class="stack no-print" aria-label="Weiter">
            <div class="box box--tinted">
              <h2 class="box__title">Damit loslegen</h2>
              <p>Aus diesem Format ein Mitmachangebot vorbereiten – mit Aufgaben, Texten und Auswertung.</p>
              <p class="row">${btn('Angebot anlegen', '#', 'primary', 'plus')}</p>
            </div>
            <div class="box">
              <h2 class="box__title">Ähnliche Formate</h2>
              <ul class="links">${formats.slice(1, 5).map((other) => `<li><a href="format.html">${icon(formIcon[other.form])}<span>${other.name}</span></a></li>`).join('')}</ul>
            </div>
            <div class="box">
              <h2 class="box__title">So wurde es eingesetzt</h2>
              <ul class="links"><li><a href="dialog.html">${icon('check-circle')}<span>1. Digitaler Dortmunder Bürger*innendialog</span></a></li><li><a href="angebot.html">${icon('megaphone')}<span>SMART RHINO</span></a></li></ul>
            </div>
            <p class="small muted">Zuletzt geändert am 14. September 2021 · <a href="verwaltung-versionen.html">3 Fassungen</a></p>
          </aside>
        </div>
      </div>` });

const four = [formats[0], formats[1], formats[5], formats[6]];
const rows = [['Anwendungskategorie', 'purpose'], ['Umsetzungsform', 'form'], ['Teilnehmer*innenkreis', 'size'], ['Abstandsformat', 'distance'], ['Aufwand', 'effort'], ['Beschreibung', 'text']];
const comparison = page({ title: 'Formate vergleichen', nav: 'Instrumentenkoffer', body: `
      ${head({ path: [['Instrumentenkoffer', 'instrumentenkoffer.html'], ['Vergleich']], h1: 'Vier Formate im Vergleich', lead: 'Zeilen mit Unterschieden sind hervorgehoben und mit „≠“ gekennzeichnet.', actions: `${btn('Drucken', '#', 'secondary', 'print')}` })}
      <div class="section">
        <div class="wrap">
          <div class="table-box" role="region" aria-labelledby="t-compare" tabindex="0">
            <table class="table compare">
              <caption class="sr-only" id="t-compare">Vergleich von vier Formaten</caption>
              <thead><tr><th scope="col">${sr('Merkmal')}</th>${four.map((format) => `<th scope="col"><a href="format.html">${format.name}</a><br><a class="small muted" href="#">entfernen${sr(`: ${format.name}`)}</a></th>`).join('')}</tr></thead>
              <tbody>
                ${rows.map(([label, key]) => `<tr${new Set(four.map((format) => format[key])).size > 1 && key !== 'text' ? ' class="is-different"' : ''}><th scope="row">${label}${new Set(four.map((format) => format[key])).size > 1 && key !== 'text' ? ` <span aria-hidden="true">≠</span>${sr(' (verschieden)')}` : ''}</th>${four.map((format) => `<td>${format[key]}</td>`).join('')}</tr>`).join('\n')}
                <tr><th scope="row">Dateien</th><td>5 Dateien</td><td>3 Dateien</td><td>2 Dateien</td><td>1 Datei</td></tr>
                <tr><th scope="row">Erfahrungen</th>${four.map((format) => `<td>${format.reports || 'keine'}</td>`).join('')}</tr>
              </tbody>
            </table>
          </div>
          <p class="pager"><a href="instrumentenkoffer.html">${icon('back')} Zurück zur Liste</a></p>
        </div>
      </div>` });

const tile = (name, value, symbol, text, small = '', on = false) => `<label class="tile"><input type="radio" name="${name}" value="${value}"${on ? ' checked' : ''}>${icon(symbol)}<span>${text}</span>${small ? `<small>${small}</small>` : ''}</label>`;
const question = (n, legend, tiles) => `<fieldset class="f"><legend class="h3">${n}. ${legend}</legend><div class="tiles">${tiles}</div></fieldset>`;
const reason = (text, good = true) => `<li${good ? '' : ' class="is-against"'}>${icon(good ? 'check-circle' : 'warning')}<span>${good ? '' : sr('Zu bedenken: ')}${text}</span></li>`;
const suggestion = (percent, name, text, reasons) => `<li class="suggestion">
  <p class="suggestion__score"><b>${percent}</b> von 4 passt</p>
  <div class="stack">
    <div><h3 class="h3"><a href="format.html">${name}</a></h3><p>${text}</p></div>
    <ul class="reasons">${reasons}</ul>
  </div>
</li>`;
const guided = page({ title: 'Welches Format passt?', nav: 'Instrumentenkoffer', body: `
      ${head({ path: [['Instrumentenkoffer', 'instrumentenkoffer.html'], ['Welches Format passt?']], h1: 'Welches Format passt?', lead: 'Vier Fragen, dann Vorschläge – mit Begründung. Sie können jede Antwort später ändern.' })}
      <div class="section">
        <form class="wrap stack stack--large" method="get" action="format-finden.html" data-part="suggestions">
          ${question(1, 'Was wollen Sie erreichen?', tile('ziel', '1', 'megaphone', 'Informieren', 'und darstellen') + tile('ziel', '2', 'dialogue', 'Austauschen', 'und diskutieren', true) + tile('ziel', '3', 'puzzle', 'Lösung erarbeiten', 'für ein Problem') + tile('ziel', '4', 'decide', 'Entscheiden', 'oder mitentscheiden'))}
          ${question(2, 'Wie viele Menschen sollen teilnehmen?', tile('kreis', '1', 'person', '1 bis 10') + tile('kreis', '2', 'people', '11 bis 50', '', true) + tile('kreis', '3', 'people', 'Mehr als 50') + tile('kreis', '4', 'globe', 'Unbegrenzt'))}
          ${question(3, 'Wie soll es stattfinden?', tile('form', 'a', 'pin', 'Vor Ort', 'analog') + tile('form', 'd', 'monitor', 'Im Netz', 'digital') + tile('form', 'h', 'hybrid', 'Beides', 'hybrid', true) + tile('form', '', 'help', 'Noch offen'))}
          ${question(4, 'Muss Abstand möglich sein?', tile('abstand', 'ja', 'distance', 'Ja', '', true) + tile('abstand', 'nein', 'people', 'Nein') + tile('abstand', '', 'help', 'Egal'))}
          <div class="button-row">${submit('Vorschläge zeigen')} <a href="format-finden.html">Von vorn beginnen</a></div>
        </form>
      </div>
      <section class="section section--tinted" id="suggestions" aria-labelledby="h-suggestions">
        <div class="wrap">
          <div class="section__head"><h2 class="h2" id="h-suggestions">3 Vorschläge für Sie</h2><a href="vergleich.html">Alle drei vergleichen</a></div>
          <ol class="stack">
            ${suggestion(4, 'BarCamp', formats[2].text, reason('dient dem Austausch') + reason('geht hybrid') + reason('mit Abstand durchführbar') + reason('gelingt ab etwa 30 Menschen, besser mit mehr', false))}
            ${suggestion(3, 'Workshop mit digitaler Pinnwand', formats[5].text, reason('passt zu 11 bis 50 Personen') + reason('geht hybrid und mit Abstand') + reason('zielt eher auf Lösungen als auf Austausch', false))}
            ${suggestion(2, 'World Café', formats[1].text, reason('dient dem Austausch') + reason('passt zu 11 bis 50 Personen') + reason('nur vor Ort und nicht mit Abstand', false))}
          </ol>
        </div>
      </section>` });

export const pages = { instrumentenkoffer: list, 'instrumentenkoffer-tabelle': table, format: detail, vergleich: comparison, 'format-finden': guided };
