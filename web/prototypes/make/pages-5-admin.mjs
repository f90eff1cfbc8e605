import { adminPage, btn, check, field, icon, pager, pill, select, sr, submit } from './lib.mjs';
import { districts, formats, offers } from './data.mjs';

const task = (n, title, text, href = '#', urgent = false) => `<li class="task${urgent ? ' task--urgent' : ''}"><span class="task__number">${n}</span><a class="task__title" href="${href}">${title}</a><span class="task__text">${text}</span></li>`;
const dashboard = adminPage({ title: 'Guten Morgen', nav: 'Übersicht', note: 'Montag, 8. November 2021', actions: btn('Angebot anlegen', '#', 'primary', 'plus'), body: `
  <div class="stack stack--large">
    <section aria-labelledby="h-tasks"><h2 class="h3" id="h-tasks">Das ist zu tun</h2>
      <ul class="tasks">${task(3, 'Beiträge prüfen', 'ältester seit 2 Tagen', '#', true)}${task(2, 'Freigaben', 'Formate warten auf den Fachbereich', 'verwaltung-format.html', true)}${task(1, 'Antwort versprochen', 'SMART RHINO, bis 12. November', '#', true)}${task(4, 'Abfragebögen', 'Erfahrungen aus Fachbereichen')}${task(2, 'Fristen diese Woche', 'Angebote enden')}${task(1, 'E-Mail nicht zugestellt', 'im Postausgang', 'verwaltung-post.html')}</ul></section>
    <section aria-labelledby="h-fig"><h2 class="h3" id="h-fig">Letzte 30 Tage</h2>
      <dl class="figures"><div class="figure"><dt>Beiträge</dt><dd>128</dd></div><div class="figure"><dt>Teilnehmende</dt><dd>342</dd></div><div class="figure"><dt>davon auf Papier oder am Telefon</dt><dd>18 %</dd></div><div class="figure"><dt>im Mitmachpool</dt><dd>45</dd></div></dl></section>
    <div class="columns">
      <section><div class="section__head"><h2 class="h3" id="h-run">Laufende Angebote</h2><a href="verwaltung-angebote.html">Alle Angebote</a></div>
        <div class="table-box" role="region" aria-labelledby="h-run" tabindex="0"><table class="table table--dense"><thead><tr><th scope="col">Titel</th><th scope="col">Stand</th><th scope="col">Endet</th><th scope="col" class="num">Beiträge</th></tr></thead><tbody>
        ${offers.slice(0, 4).map((offer, n) => `<tr><th scope="row"><a href="#">${offer.title}</a></th><td>${pill(`${offer.state[0]} pill--small`, offer.state[1])}</td><td>${['15.12.2021', '31.01.2022', '–', '–'][n]}</td><td class="num">${[128, 46, 0, 45][n]}</td></tr>`).join('')}</tbody></table></div></section>
      <section class="box" aria-labelledby="h-last"><h2 class="box__title" id="h-last">Zuletzt geschehen</h2><ol class="log">
        ${[['08:42', 'Angebot „SMART RHINO“: Frist geändert'], ['Gestern', 'Format „BarCamp“ zur Freigabe gegeben'], ['5. Nov.', 'Import „Formate.csv“: 18 Zeilen übernommen']].map(([when, what]) => `<li class="log__item"><span class="muted">${when}</span><span>${what}</span></li>`).join('')}</ol></section>
    </div>
  </div>` });

const states = [['running', 'läuft'], ['planned', 'geplant'], ['draft', 'Entwurf'], ['review', 'zur Freigabe'], ['', 'abgeschlossen']];
const table = adminPage({ title: 'Mitmachangebote', nav: 'Mitmachangebote', note: '24 Angebote', path: [['Verwaltung', 'verwaltung.html'], ['Mitmachangebote']], actions: `${btn('Angebot anlegen', '#', 'primary', 'plus')} ${btn('Export', '#', 'secondary', 'download')}`, body: `
  <form class="bulk-bar" id="filter-form" method="get" aria-label="Filtern" data-part="results">
    <div class="f"><label for="tq">Suche</label><input class="field" type="search" id="tq" name="q"></div>
    ${select('stand', 'Stand', ['Alle', ...states.map(([, text]) => text)])}
    ${select('bereich', 'Fachbereich', ['Alle', 'Ombudsstelle', 'Stadtplanungs- und Bauordnungsamt', 'Stadterneuerung', 'Systemhaus'])}
    ${submit('Filtern', 'secondary', '', 'filter')}
  </form>
  <div id="results">
    <form class="bulk-bar" id="bulk" method="post" aria-label="Ausgewählte bearbeiten"><b>2 ausgewählt</b>
      ${select('aktion', 'Aktion', ['Aktion wählen …', 'Veröffentlichen', 'Zurückziehen', 'Archivieren', 'Schlagwort geben'], { hidden: true })}
      ${submit('Ausführen', 'secondary')}<span class="muted small">Vor dem Ausführen wird gefragt.</span></form>
    <div class="table-box" role="region" aria-labelledby="t-offers" tabindex="0"><table class="table table--dense"><caption class="sr-only" id="t-offers">Angebote, neueste zuerst</caption>
      <thead><tr><th scope="col" class="table__check">${sr('Auswahl')}</th><th scope="col" aria-sort="none"><a class="table__sort" href="#">Titel</a></th><th scope="col">Stand</th><th scope="col">Fachbereich</th><th scope="col">Stadtbezirk</th><th scope="col" aria-sort="descending"><a class="table__sort" href="#">Geändert</a></th><th scope="col">${sr('Aktionen')}</th></tr></thead>
      <tbody>${offers.map((offer, n) => `<tr><td><input class="check__box" type="checkbox" name="id" value="${n}" form="bulk" aria-label="${offer.title.replace(/[„“]/g, '')} auswählen"${n < 2 ? ' checked' : ''}></td><th scope="row"><a href="#">${offer.title}</a></th><td>${pill(`${states[n % 5][0]} pill--small`, states[n % 5][1])}</td><td>${['Stadtplanung', 'Systemhaus', 'Stadtplanung', 'Ombudsstelle', 'Ombudsstelle', 'nordwärts', 'Stadterneuerung', 'Stadtplanung'][n]}</td><td>${offer.district}</td><td class="nowrap"><time datetime="2021-11-0${8 - n}">0${8 - n}.11.2021</time></td><td><div class="table__actions"><a class="kern-btn kern-btn--tertiary btn--small btn--icon" href="#">${icon('edit')}${sr(`Bearbeiten: ${offer.title}`)}</a></div></td></tr>`).join('\n')}</tbody></table></div>
    ${pager('Angebote 1 bis 8 von 24', '', '#')}
  </div>` });

const rowPair = (kind, n, first, second) => `<div class="repeat__row"><div><label for="${kind}-title-${n}">Titel</label><input class="field" id="${kind}-title-${n}" name="${kind}_title" value="${first}"></div><div><label for="${kind}-value-${n}">${kind === 'link' ? 'Adresse' : 'Datei'}</label>${kind === 'link' ? `<input class="field" type="text" inputmode="url" id="${kind}-value-${n}" name="link_url" value="${second}"${n === 2 ? ' aria-invalid="true" aria-describedby="link-error"' : ''}>` : second ? `<p class="inline-icon" id="${kind}-value-${n}">${icon('file')} ${second}</p>` : `<input class="field" type="file" id="${kind}-value-${n}" name="file">`}</div><button class="kern-btn kern-btn--tertiary btn--icon" type="submit" name="remove" value="${kind}-${n}">${icon('trash')}${sr(`Zeile entfernen: ${first || 'leere Zeile'}`)}</button></div>`.replace(second && kind === 'file' ? `<label for="${kind}-value-${n}">Datei</label>` : '\u0000', '<span class="sr-only">Datei</span>');
const editor = adminPage({ title: 'Format bearbeiten', nav: 'Instrumentenkoffer', path: [['Verwaltung', 'verwaltung.html'], ['Instrumentenkoffer', '#'], ['Digitaler Bürger*innendialog']], note: 'Digitaler Bürger*innendialog · Fassung 4 (Entwurf)', actions: `${btn('Vorschau', 'format.html', 'secondary', 'eye')} ${btn('Fassungen', 'verwaltung-versionen.html', 'tertiary', 'history')}`, body: `
  <form class="form" method="post" enctype="multipart/form-data" novalidate>
    <div class="error-summary" role="alert" tabindex="-1" id="errors"><h2 class="error-summary__title">${icon('warning')}Bitte prüfen Sie 2 Angaben</h2><ul><li><a href="#text">Beschreibung: mindestens 40 Zeichen</a></li><li><a href="#link-value-2">Tool 2: Die Adresse muss mit https:// beginnen</a></li></ul></div>
    <p class="muted small">Angaben ohne „freiwillig“ werden benötigt.</p>
    ${field('name', 'Format/Methode', { value: 'Digitaler Bürger*innendialog', max: 120 })}
    ${field('text', 'Beschreibung', { area: 6, value: 'Ein Format zum Austausch.', max: 4000, hint: 'Grundzüge des Formats. Überschriften, Listen und Links mit Markdown.', error: 'Bitte beschreiben Sie das Format mit mindestens 40 Zeichen.' })}
    <fieldset class="f"><legend>Anwendungskategorie</legend><p class="hint" id="purpose-hint">Wofür kann das Format benutzt werden? Mehrere sind möglich.</p>
      ${check('zweck', '1', 'Informieren/Darstellen')}${check('zweck', '2', 'Austauschen/Diskutieren', '', true)}${check('zweck', '3', '(Problem-)Lösung erarbeiten')}${check('zweck', '4', '(Mit-)Entscheiden')}</fieldset>
    <fieldset class="f"><legend>Umsetzungsform</legend><div class="tiles">
      ${[['a', 'people', 'Analog'], ['d', 'monitor', 'Digital'], ['h', 'hybrid', 'Hybrid']].map(([value, symbol, text]) => `<label class="tile"><input type="radio" name="form" value="${value}"${value === 'd' ? ' checked' : ''}>${icon(symbol)}<span>${text}</span></label>`).join('')}</div></fieldset>
    <fieldset class="f"><legend>Möglicher Teilnehmer*innenkreis</legend>
      ${check('kreis', '1', '1 bis 10 Personen')}${check('kreis', '2', '11 bis 50 Personen')}${check('kreis', '3', 'Mehr als 50 Personen', '', true)}${check('kreis', '4', 'Unbegrenzt')}</fieldset>
    <div class="form-part"><h2 class="form-part__title">Tipps und Tricks zur Durchführung</h2>
      ${field('tips', 'Hinweise', { area: 4, optional: true, value: 'Technik 15 Minuten vorher öffnen.' })}
      <fieldset class="f"><legend>Dateien <span class="optional">(freiwillig)</span></legend><p class="hint">PDF, DOCX, PPTX, bis 20 MB. Der Titel steht auf der Seite.</p>
        <div class="repeat">${rowPair('file', 1, 'Handreichung', 'handreichung.pdf (1,8 MB)')}${rowPair('file', 2, 'Regiefolien', 'regie.pptx (3,2 MB)')}${rowPair('file', 3, '', '')}
        <button class="kern-btn kern-btn--secondary btn--small repeat__add" type="submit" name="add" value="file">${icon('plus')}<span class="kern-label">Datei hinzufügen</span></button></div></fieldset></div>
    <div class="form-part"><h2 class="form-part__title">Tools und Online-Dienste zur Durchführung</h2>
      <fieldset class="f"><legend>Links <span class="optional">(freiwillig)</span></legend>
        <p class="error-text" id="link-error">${icon('warning')}<span>Tool 2: Die Adresse muss mit https:// beginnen.</span></p>
        <div class="repeat">${rowPair('link', 1, 'Zoom', 'https://zoom.us/')}${rowPair('link', 2, 'Cisco WebEx', 'www.webex.com')}
        <button class="kern-btn kern-btn--secondary btn--small repeat__add" type="submit" name="add" value="link">${icon('plus')}<span class="kern-label">Zeile hinzufügen</span></button></div></fieldset></div>
    <div class="form-part"><h2 class="form-part__title">Umsetzung und Freigabe</h2>
      <fieldset class="f"><legend>Umsetzung als Abstandsformat</legend>${check('abstand', 'ja', 'Ja', '', false, 'radio')}${check('abstand', 'nein', 'Nein', '', true, 'radio')}</fieldset>
      <fieldset class="f"><legend>Veröffentlichen im Web</legend><p class="hint">Sonst nur im Bearbeitungsstatus in der Datenbank sichtbar.</p>${check('web', 'ja', 'Ja, nach Freigabe durch den Fachbereich', '', true, 'radio')}${check('web', 'nein', 'Nein', '', false, 'radio')}</fieldset>
      ${select('fachbereich', 'Durchführender Fachbereich', ['Koordinierungsstelle „nordwärts“', 'Ombudsstelle', 'Stadtplanungs- und Bauordnungsamt'])}
      ${field('note', 'Was haben Sie geändert?', { optional: true, hint: 'Steht in der Liste der Fassungen.' })}</div>
    <div class="sticky-actions button-row">${submit('Speichern')} ${submit('Zur Freigabe geben', 'secondary', ' name="release" value="1"')} <span class="muted small">Entwurf gesichert um 9:14 Uhr</span></div>
  </form>` });

const ins = (text) => `<ins>${sr('[eingefügt: ')}${text}${sr(']')}</ins>`;
const del = (text) => `<del>${sr('[gestrichen: ')}${text}${sr(']')}</del>`;
const versions = adminPage({ title: 'Fassungen vergleichen', nav: 'Instrumentenkoffer', path: [['Verwaltung', 'verwaltung.html'], ['Instrumentenkoffer', '#'], ['Digitaler Bürger*innendialog', 'verwaltung-format.html'], ['Fassungen']], actions: submit('Fassung 3 wiederherstellen', 'secondary', ' form="restore"', 'history'), body: `
  <form id="restore" method="post"></form>
  <form class="bulk-bar" method="get" aria-label="Fassungen wählen">${select('von', 'Von', ['Fassung 3 · 14.09.2021', 'Fassung 2 · 02.06.2021', 'Fassung 1 · 11.01.2021'])}${select('bis', 'Bis', ['Fassung 4 · Entwurf', 'Fassung 3 · 14.09.2021'])}${submit('Vergleichen', 'secondary', '', 'compare')}</form>
  <p class="muted">3 Felder geändert: 4 Einfügungen, 3 Streichungen.</p>
  <div class="diff">
    <section class="diff__field"><h2 class="diff__name">Beschreibung</h2><div class="diff__body"><p>Der Digitale Bürger*innendialog ist ein Format zum Austausch mit einer ${del('großen')} ${ins('größeren')} Gruppe von Bürger*innen. Dabei diskutieren die Teilnehmenden in ${ins('mehreren aufeinanderfolgenden')} Gesprächsrunden zu einem vorgegebenen Thema.</p><p>Abschließend findet eine Abstimmung ${ins('über die Priorisierung der erarbeiteten Positionen')} statt.</p></div></section>
    <section class="diff__field"><h2 class="diff__name">Teilnehmer*innenkreis</h2><div class="diff__sides"><div class="diff__body"><p>${del('11 bis 50 Personen')}</p></div><div class="diff__body"><p>${ins('Mehr als 50 Personen')}</p></div></div></section>
    <section class="diff__field"><h2 class="diff__name">Tools und Online-Dienste</h2><div class="diff__body"><p>Zoom, Microsoft Teams${del(', Skype')}${ins(', Cisco WebEx')}</p></div></section>
  </div>` });

const colour = (id, label, light, ratio, ok = true) => `<div class="f"><label for="${id}">${label}</label><div class="color-field"><input class="field" type="color" id="${id}" name="${id}" value="${light}"><input class="field" name="${id}_text" value="${light}" aria-label="${label} als Zahl"><p class="small">${pill(ok ? 'ok pill--small' : 'failed pill--small', ratio)}</p></div></div>`;
const settings = adminPage({ title: 'Einstellungen', nav: 'Einstellungen', path: [['Verwaltung', 'verwaltung.html'], ['Einstellungen']], body: `
  <div class="columns"><form class="form" method="post" novalidate>
    <div class="alert alert--success" role="status">${icon('check-circle')}<div><p class="alert__title">Gespeichert.</p><p>Die Farben gelten sofort für alle.</p></div></div>
    ${field('site', 'Name der Website', { value: 'MitWIRken in Dortmund' })}
    ${field('mail', 'Absender und Kontakt', { type: 'email', value: 'mitwirken@dortmund.de' })}
    <div class="form-part"><h2 class="form-part__title">Farben, hell</h2><p class="hint">Beim Speichern wird der Kontrast geprüft. Zu schwache Farben werden nicht angenommen.</p>
      ${colour('primary', 'Hauptfarbe', '#004b6b', '9,2 : 1 auf Weiß')}${colour('deep', 'Tiefe Farbe (Kopf, Fuß)', '#042a41', '14,6 : 1')}${colour('light', 'Helle Fläche', '#e9f5fc', '8,3 : 1')}${colour('accent', 'Akzent', '#fdbd2e', '10,6 : 1')}</div>
    <div class="form-part"><h2 class="form-part__title">Farben, dunkel</h2>${colour('primary_dark', 'Hauptfarbe', '#81c9ef', '10,4 : 1')}${colour('deep_dark', 'Tiefe Farbe', '#0a1722', '16,1 : 1')}</div>
    <div class="form-part"><h2 class="form-part__title">Sprachen und Hilfen</h2>${check('leicht', '1', 'Leichte Sprache in der Kopfzeile', '', true)}${check('dgs', '1', 'Gebärdensprache in der Kopfzeile', '', true)}${check('kopf', '1', 'KERN-Kopfzeile mit Flagge (nur nach Freigabe)')}</div>
    <div class="sticky-actions button-row">${submit('Speichern')} ${btn('Verwerfen', '#', 'tertiary')}</div>
  </form>
  <aside aria-labelledby="h-sample"><h2 class="h4" id="h-sample">So sieht es aus</h2><div class="theme-sample"><div class="theme-sample__bar">Ein Angebot der Stadt Dortmund</div><div class="theme-sample__body stack"><p class="h3">Mitmachangebote</p><p class="row">${btn('Idee einreichen', '#', 'primary')} ${btn('Folgen', '#', 'secondary')}</p><p class="tags">${pill('running', 'läuft')}<span class="deadline">noch 37 Tage</span></p></div></div></aside></div>` });

const audit = adminPage({ title: 'Protokoll', nav: 'Protokoll', path: [['Verwaltung', 'verwaltung.html'], ['Protokoll']], note: 'Nur anfügen, nie ändern. Jede Zeile enthält die Prüfsumme der vorigen.', actions: btn('Als CSV', '#', 'secondary', 'download'), body: `
  <form class="bulk-bar" method="get" aria-label="Filtern"><div class="f"><label for="from">Von</label><input class="field" type="date" id="from" name="von" value="2021-11-01"></div><div class="f"><label for="to">Bis</label><input class="field" type="date" id="to" name="bis" value="2021-11-08"></div>${select('vorgang', 'Vorgang', ['Alle', 'Anmeldung', 'Änderung', 'Veröffentlichung', 'Löschung', 'Rechte'])}${submit('Anzeigen', 'secondary')}</form>
  <div class="alert alert--success">${icon('shield')}<div><p class="alert__title">Kette geprüft</p><p>2.417 Einträge, lückenlos. Zuletzt geprüft heute um 4:00 Uhr.</p></div></div>
  <ol class="log">${[['08.11.2021, 08:42:10', 'Redaktion Ombudsstelle', 'hat bei <a href="#">SMART RHINO</a> das Ende von 30.11.2021 auf 15.12.2021 geändert', 'c41f09…a2'], ['07.11.2021, 16:03:55', 'Redaktion Systemhaus', 'hat das Format <a href="#">BarCamp</a> zur Freigabe gegeben', '91be77…0d'], ['07.11.2021, 15:58:01', 'Redaktion Systemhaus', 'hat sich angemeldet (zweiter Faktor: App)', '5d20c3…41'], ['05.11.2021, 11:20:37', 'System', 'hat 18 Formate aus <code>Formate.csv</code> importiert', 'e8a4b1…7c']].map(([when, who, what, sum]) => `<li class="log__item"><span class="muted">${when}</span><div><p><b>${who}</b> ${what}</p><p class="log__hash"><code>${sum}</code></p></div></li>`).join('')}</ol>
  ${pager('Einträge 1 bis 4 von 2.417', '', '#')}` });

const jobs = adminPage({ title: 'Hintergrundaufgaben', nav: 'Hintergrund\u00adaufgaben', path: [['Verwaltung', 'verwaltung.html'], ['Hintergrundaufgaben']], body: `
  <dl class="figures"><div class="figure"><dt>warten</dt><dd>3</dd></div><div class="figure"><dt>laufen</dt><dd>1</dd></div><div class="figure"><dt>erledigt, 24 Stunden</dt><dd>612</dd></div><div class="figure"><dt>liegengeblieben</dt><dd>2</dd></div></dl>
  <section class="section section--tight"><div class="section__head"><h2 class="h3" id="t-dead">Liegengeblieben</h2>${'<form method="post">' + submit('Alle erneut versuchen', 'secondary', '', 'refresh') + '</form>'}</div>
  <div class="table-box" role="region" aria-labelledby="t-dead" tabindex="0"><table class="table table--dense"><thead><tr><th scope="col">Aufgabe</th><th scope="col">Fehler</th><th scope="col" class="num">Versuche</th><th scope="col">Zuletzt</th><th scope="col">${sr('Aktionen')}</th></tr></thead><tbody>
  <tr><th scope="row">E-Mail senden</th><td>Server lehnt die Adresse ab (550)</td><td class="num">8</td><td>heute, 7:55</td><td><div class="table__actions"><button class="kern-btn kern-btn--secondary btn--small" type="submit" form="job"><span class="kern-label">Erneut</span></button><button class="kern-btn kern-btn--secondary btn--danger btn--small" type="submit" form="job"><span class="kern-label">Verwerfen</span></button></div></td></tr>
  <tr><th scope="row">Vorschaubild erzeugen</th><td>Datei ist verschlüsselt</td><td class="num">5</td><td>gestern, 18:02</td><td><div class="table__actions"><button class="kern-btn kern-btn--secondary btn--small" type="submit" form="job"><span class="kern-label">Erneut</span></button><button class="kern-btn kern-btn--secondary btn--danger btn--small" type="submit" form="job"><span class="kern-label">Verwerfen</span></button></div></td></tr></tbody></table></div><form id="job" method="post"></form></section>
  <section aria-labelledby="t-run"><h2 class="h3" id="t-run">Läuft und wartet</h2><ul class="files"><li class="file">${icon('refresh')}<div><b>Export „Beiträge SMART RHINO“ (XLSX)</b><div class="progress"><label for="p1">62 von 128 Zeilen</label><progress id="p1" value="62" max="128"></progress></div></div>${pill('running pill--small', 'läuft')}</li><li class="file">${icon('clock')}<div><b>Suchindex auffrischen</b><span class="file__meta">startet um 9:30 Uhr</span></div>${pill('planned pill--small', 'wartet')}</li></ul></section>` });

const mail = adminPage({ title: 'Postausgang', nav: 'Postausgang', path: [['Verwaltung', 'verwaltung.html'], ['Postausgang']], note: 'Was verschickt wurde, genau so, wie es ankam.', body: `
  <div class="mail-list">
    <ul class="box">${[['Ihre Anmeldung: Spaziergang', 'heute, 8:12', 'zugestellt', 'ok', true], ['Neue Angebote im November', 'gestern, 17:00', 'an 45 Mitglieder', 'ok'], ['Passwort zurücksetzen', '6. November', 'nicht zugestellt', 'failed'], ['Freigabe: Format „BarCamp“', '5. November', 'wartet', 'planned']].map(([subject, when, state, kind, on]) => `<li class="mail-list__item"><a href="#"${on ? ' aria-current="true"' : ''}>${subject}</a><span class="row row--between"><span class="muted small">${when}</span>${pill(`${kind} pill--small`, state)}</span></li>`).join('')}</ul>
    <article class="mail" aria-labelledby="h-mail"><div class="mail__head"><h2 class="h3" id="h-mail">Ihre Anmeldung: Spaziergang</h2><dl class="meta-list"><div><dt>Von</dt><dd>MitWIRken &lt;mitwirken@dortmund.de&gt;</dd></div><div><dt>An</dt><dd>eine Person <a class="small" href="#">Adresse zeigen (wird protokolliert)</a></dd></div><div><dt>Gesendet</dt><dd>8. November 2021, 8:12 Uhr · im ersten Versuch</dd></div></dl></div>
<div class="mail__body">Guten Tag,

Sie sind angemeldet: Spaziergang über das HSP-Areal
Samstag, 20. November 2021, 14 Uhr, 1 Person

Etwas dazwischengekommen? Unter diesem Link können Sie absagen – dann freut sich jemand anderes über den Platz.

Ihre Ombudsstelle für Bürger*inneninteressen</div></article>
  </div>` });

const sessions = adminPage({ title: 'Meine Sitzungen', nav: 'Meine Sitzungen', path: [['Verwaltung', 'verwaltung.html'], ['Meine Sitzungen']], actions: '<form method="post">' + submit('Alle anderen beenden', 'secondary', '', 'logout') + '</form>', body: `
  <ul class="files">${[['monitor', 'Firefox auf Linux', 'Dortmund · jetzt', true], ['mobile', 'Safari auf iPhone', 'Dortmund · gestern, 19:40 Uhr'], ['monitor', 'Edge auf Windows', 'Verwaltungsnetz · 2. November']].map(([symbol, name, meta, now]) => `<li class="file">${icon(symbol)}<div><b>${name}</b><span class="file__meta">${meta}</span></div>${now ? pill('ok pill--small', 'dieses Gerät') : `<form method="post"><button class="kern-btn kern-btn--secondary btn--small" type="submit"><span class="kern-label">Beenden ${sr(`: ${name}`)}</span></button></form>`}</li>`).join('')}</ul>
  <section class="section section--tight" aria-labelledby="h-2fa"><h2 class="h3" id="h-2fa">Zweiter Faktor</h2><div class="box"><div class="row row--between"><p>${pill('ok', 'eingerichtet')} Authenticator-App seit 3. Mai 2021</p><a href="#">Neu einrichten</a></div><hr><h3 class="h4">Wiederherstellungscodes</h3><p class="muted small">Jeder gilt einmal. Bewahren Sie sie außerhalb des Computers auf.</p><ul class="recovery"><li><code>4k7m-p2x9</code></li><li><code>h3t8-w6rd</code></li><li><code>b9qf-5n1c</code></li><li><del><code>z2vj-8e4s</code></del>${sr(' (verbraucht)')}</li></ul></div></section>` });

const roles = ['Leitung', 'Redaktion', 'Moderation', 'Fachbereich', 'Lesen'];
const people = adminPage({ title: 'Personen und Rollen', nav: 'Personen und Rollen', path: [['Verwaltung', 'verwaltung.html'], ['Personen und Rollen']], note: '18 Personen mit Zugang', actions: btn('Einladen', '#', 'primary', 'plus'), body: `
  <div class="table-box" role="region" aria-labelledby="t-people" tabindex="0"><table class="table table--dense"><caption class="sr-only" id="t-people">Personen mit Zugang</caption><thead><tr><th scope="col" aria-sort="ascending"><a class="table__sort" href="#">Name</a></th><th scope="col">Organisation</th><th scope="col">Rolle</th><th scope="col">Zweiter Faktor</th><th scope="col">Zuletzt da</th><th scope="col">${sr('Aktionen')}</th></tr></thead><tbody>
  ${[['Beispiel, Anna', 'Ombudsstelle', 0, 'ok', 'App', 'heute'], ['Beispiel, Boris', 'Stadtplanungs- und Bauordnungsamt', 3, 'ok', 'App', 'gestern'], ['Beispiel, Cem', 'Dortmunder Systemhaus', 1, 'ok', 'Schlüssel', '5. November'], ['Beispiel, Dana', 'Koordinierungsstelle „nordwärts“', 2, 'warn', 'fehlt', '1. November'], ['Beispiel, Eyüp', 'Amt für Stadterneuerung', 4, 'draft', 'eingeladen', '–']].map(([name, org, role, kind, factor, last]) => `<tr><th scope="row">${name}</th><td>${org}</td><td>${pill('plain pill--small', roles[role])}</td><td>${pill(`${kind} pill--small`, factor)}</td><td>${last}</td><td><div class="table__actions"><a class="kern-btn kern-btn--tertiary btn--small btn--icon" href="#">${icon('edit')}${sr(`Bearbeiten: ${name}`)}</a></div></td></tr>`).join('')}</tbody></table></div>
  <section class="section section--tight"><h2 class="h3" id="t-roles">Was die Rollen dürfen</h2><div class="table-box" role="region" aria-labelledby="t-roles" tabindex="0"><table class="table table--dense"><thead><tr><th scope="col">Recht</th>${roles.map((role) => `<th scope="col">${role}</th>`).join('')}</tr></thead><tbody>
  ${[['Ansehen', 5], ['Erfahrungen einreichen', 4], ['Beiträge moderieren', 3], ['Veröffentlichen', 2], ['Einstellungen und Rechte', 1]].map(([right, n]) => `<tr><th scope="row">${right}</th>${roles.map((role, k) => `<td>${k < n ? `${icon('check')}${sr('ja')}` : '<span class="muted">–</span>'}</td>`).join('')}</tr>`).join('')}</tbody></table></div></section>` });

const imports = adminPage({ title: 'Import prüfen', nav: 'Import', path: [['Verwaltung', 'verwaltung.html'], ['Import', '#'], ['Formate.csv']], note: 'Formate.csv · 21 Zeilen · noch nichts gespeichert', body: `
  <div class="stack">
    <div class="alert alert--danger" role="alert">${icon('warning')}<div><p class="alert__title">3 Zeilen haben Fehler</p><p>Es wird alles oder nichts übernommen. Bitte berichtigen Sie die Datei und laden Sie sie erneut hoch.</p></div></div>
    <dl class="figures"><div class="figure"><dt>neu</dt><dd>14</dd></div><div class="figure"><dt>geändert</dt><dd>4</dd></div><div class="figure"><dt>mit Fehlern</dt><dd>3</dd></div></dl>
    <div class="table-box" role="region" aria-labelledby="t-import" tabindex="0"><table class="table table--dense"><caption id="t-import">Ergebnis je Zeile</caption><thead><tr><th scope="col" class="num">Zeile</th><th scope="col">Format/Methode</th><th scope="col">Ergebnis</th><th scope="col">Hinweis</th></tr></thead><tbody>
    ${[[2, 'Digitaler Bürger*innendialog', 'warn', 'wird geändert', 'Beschreibung, 1 Link'], [3, 'World Café', 'ok', 'neu', ''], [4, 'BarCamp', 'failed', 'Fehler', 'Umsetzungsform „online“ gibt es nicht. Möglich: analog, digital, hybrid.'], [5, 'Ausstellung', 'ok', 'neu', ''], [6, '', 'failed', 'Fehler', 'Format/Methode fehlt.'], [7, 'Runder Tisch', 'failed', 'Fehler', 'Teilnehmer*innenkreis „bis 12“ gibt es nicht.'], [8, 'Bürger*innenrat', 'ok', 'neu', '']].map(([n, name, kind, state, note]) => `<tr${kind === 'failed' ? ' class="is-error"' : ''}><td class="num">${n}</td><th scope="row">${name || '<span class="muted">(leer)</span>'}</th><td>${pill(`${kind} pill--small`, state)}</td><td>${note}</td></tr>`).join('')}</tbody></table></div>
    <form class="form" method="post" enctype="multipart/form-data"><div class="drop f"><label for="csv">Berichtigte Datei</label><p class="hint" id="csv-hint">CSV mit Semikolon oder XLSX</p><input class="field" type="file" id="csv" name="csv" aria-describedby="csv-hint"></div><div class="button-row">${submit('Erneut prüfen')} ${btn('Fehlerliste als CSV', '#', 'secondary', 'download')}</div></form>
  </div>` });

export const pages = { verwaltung: dashboard, 'verwaltung-angebote': table, 'verwaltung-format': editor, 'verwaltung-versionen': versions, 'verwaltung-einstellungen': settings, 'verwaltung-protokoll': audit, 'verwaltung-aufgaben': jobs, 'verwaltung-post': mail, 'verwaltung-sitzungen': sessions, 'verwaltung-personen': people, 'verwaltung-import': imports };
