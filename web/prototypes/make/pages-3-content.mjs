import { btn, check, chosen, field, file, head, icon, page, pager, pill, select, sr, submit } from './lib.mjs';
import { districts, events } from './data.mjs';

const month = {
  1: ['Allerheiligen'], 2: ['BV Hörde'], 3: ['BV Innenstadt-Nord', 'BV Mengede'], 4: ['BV Brackel'], 9: ['BV Aplerbeck', 'BV Hombruch', 'BV Innenstadt-Ost'], 10: ['BV Eving'],
  11: ['Seniorenbeirat'], 16: ['BV Lütgendortmund', 'BV Scharnhorst'], 17: ['Wirtschafts­ausschuss'], 20: ['Spaziergang SMART RHINO'], 23: ['Kultur­ausschuss', 'Naturschutz­beirat'], 24: ['Ausschuss Kinder, Jugend'], 25: ['Ausschuss Personal'], 26: ['Betriebs­ausschuss FABIDO'], 30: ['Mobilitäts­ausschuss'],
};
const day = (n) => {
  if (n < 1 || n > 30) return `<td class="calendar__other"><span class="calendar__day">${n < 1 ? 31 + n : n - 30}</span></td>`;
  const list = month[n] ?? [];
  return `<td${n === 8 ? ' class="calendar__today"' : ''}><time class="calendar__day" datetime="2021-11-${String(n).padStart(2, '0')}">${n}</time>${n === 8 ? sr(' heute') : ''}${list.length ? `<ul class="calendar__list">${list.map((text) => `<li><a class="calendar__event" href="termin.html">${text}</a></li>`).join('')}</ul>` : ''}</td>`;
};
const weeks = [1, 8, 15, 22, 29].map((first) => `<tr>${[0, 1, 2, 3, 4, 5, 6].map((n) => day(first + n)).join('')}</tr>`).join('\n');
const views = (current) => `<div class="toolbar">
  <nav class="row" aria-label="Monat"><a class="kern-btn kern-btn--secondary btn--icon" href="#">${icon('back')}${sr('Oktober 2021')}</a><h2 class="h3">November 2021</h2><a class="kern-btn kern-btn--secondary btn--icon" href="#">${icon('next')}${sr('Dezember 2021')}</a></nav>
  <div class="toolbar__end">
    <nav class="switch" aria-label="Darstellung"><a href="termine.html"${current === 'month' ? ' aria-current="true"' : ''}>${icon('calendar')} Monat</a><a href="termine-liste.html"${current === 'list' ? ' aria-current="true"' : ''}>${icon('list')} Liste</a></nav>
  </div>
</div>`;
const subscribe = `<section class="box" aria-labelledby="h-ics">
  <h2 class="box__title" id="h-ics">Kalender abonnieren</h2>
  <p>Neue Termine erscheinen von selbst in Ihrem Kalender. Die Adresse enthält Ihre Filter.</p>
  <div class="f"><label for="ics">Adresse (iCal)</label>
  <div class="copy-line"><input class="field" id="ics" value="https://mitwirken.dortmund.de/termine.ics" readonly><button class="kern-btn kern-btn--secondary btn--icon" type="button" data-copy="/termine.ics" data-script hidden>${icon("copy")}${sr("Adresse kopieren")}</button></div></div>
  <p class="links small"><a class="inline-icon" href="#">${icon('calendar-add')} Im Kalender öffnen</a></p>
</section>`;
const eventFilters = `<section class="box" aria-labelledby="h-kinds"><h2 class="box__title" id="h-kinds">Was soll erscheinen?</h2>
  <form id="filter-form" method="get" action="termine.html" data-part="results"><fieldset><legend class="sr-only">Art</legend>
  ${check('art', 'vorort', 'Vor Ort', 6, true)}${check('art', 'online', 'Online', 4, true)}${check('art', 'gremium', 'Gremien', 17, true)}</fieldset>
  <div class="stack">${select('bezirk', 'Stadtbezirk', ['Ganz Dortmund', ...districts])}${submit('Termine anzeigen', 'secondary')}</div></form></section>`;
const calendar = page({ title: 'Termine', nav: 'Termine', body: `
      ${head({ path: [['Termine']], h1: 'Termine', lead: 'Veranstaltungen zum Mitmachen und Sitzungen, in denen über Beteiligung beraten wird.' })}
      <div class="section">
        <div class="wrap stack stack--large">
          <div id="results">
            ${views('month')}
            <div class="table-box" role="region" aria-labelledby="t-month" tabindex="0">
              <table class="calendar">
                <caption class="sr-only" id="t-month">Termine im November 2021, Montag bis Sonntag</caption>
                <thead><tr>${['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'].map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
                <tbody>${weeks}</tbody>
              </table>
            </div>
          </div>
          <div class="two">${eventFilters}${subscribe}</div>
        </div>
      </div>` });
const rows = [[9, 'Nov.', 'Bezirksvertretung Aplerbeck', 'Dienstag · Sachstandsbericht „(Digitale) Mitwirkung 2.0“', 'Gremium'], [10, 'Nov.', 'Bezirksvertretung Eving', 'Mittwoch · Sachstandsbericht „(Digitale) Mitwirkung 2.0“', 'Gremium'], [11, 'Nov.', 'Seniorenbeirat', 'Donnerstag · Sachstandsbericht „(Digitale) Mitwirkung 2.0“', 'Gremium'],
  [20, 'Nov.', 'Spaziergang über das HSP-Areal', 'Samstag, 14 Uhr · Treffpunkt wird mitgeteilt · barrierefreier Weg, mit Gebärdensprache', 'Vor Ort'], [2, 'Dez.', 'Videosprechstunde zu SMART RHINO', 'Donnerstag, 18 Uhr · online, Zugang nach Anmeldung', 'Online'], [16, 'Dez.', 'Rat der Stadt', 'Donnerstag · Beschluss zum Sachstandsbericht', 'Gremium']];
const eventList = page({ title: 'Termine als Liste', nav: 'Termine', body: `
      ${head({ path: [['Termine', 'termine.html'], ['Liste']], h1: 'Termine', lead: 'Veranstaltungen zum Mitmachen und Sitzungen, in denen über Beteiligung beraten wird.' })}
      <div class="section section--tinted">
        <div class="wrap columns">
          <div id="results">
            ${views('list')}
            <ul class="events">${rows.map(([d, m, title, meta, kind]) => `<li class="event"><div class="date-tile"><b>${d}</b><span>${m}</span></div><div><h3 class="event__title"><a href="termin.html">${title}</a></h3><p class="event__meta">${meta}</p></div>${kind === 'Gremium' ? pill('plain', kind) : btn(`Anmelden ${sr(`: ${title}`)}`, 'termin.html', 'secondary')}</li>`).join('\n')}</ul>
            ${pager('6 Termine ab heute')}
          </div>
          <aside class="stack" aria-label="Filter und Abo">${eventFilters}${subscribe}</aside>
        </div>
      </div>` });
const event = page({ title: 'Spaziergang über das HSP-Areal', nav: 'Termine', body: `
      ${head({ path: [['Termine', 'termine.html'], ['Spaziergang über das HSP-Areal']], h1: 'Spaziergang über das HSP-Areal', tags: `${pill('planned', 'findet statt')} ${pill('plain', 'Vor Ort')}`, lead: 'Gemeinsam ansehen, was da ist, und sagen, was werden soll. Ihre Hinweise stehen danach im Portal.', actions: `${btn('Anmelden', '#sign-up', 'primary', 'check')} ${btn('In den Kalender', '#', 'secondary', 'calendar-add')}` })}
      <div class="section"><div class="wrap columns">
        <div class="stack stack--large">
          <dl class="meta-list">
            <div><dt>Wann</dt><dd><time datetime="2021-11-20T14:00">Samstag, 20. November 2021, 14 bis 16 Uhr</time></dd></div>
            <div><dt>Wo</dt><dd>Ehemaliges HSP-Areal, Innenstadt-West. Der Treffpunkt kommt mit der Bestätigung.</dd></div>
            <div><dt>Zugang</dt><dd>Ebener Weg, rollstuhlgerecht. Gebärdensprache und Induktionsanlage vorhanden.</dd></div>
            <div><dt>Plätze</dt><dd>40, davon 17 frei. Bei mehr Anmeldungen wird gelost.</dd></div>
            <div><dt>Gehört zu</dt><dd><a href="angebot.html">SMART RHINO: ein neues Quartier auf dem HSP-Areal</a></dd></div>
          </dl>
          <div class="prose"><h2>Ablauf</h2><ol><li>Begrüßung und Überblick</li><li>Rundgang mit vier Haltepunkten</li><li>Ideen auf Karten sammeln</li><li>Wie es weitergeht</li></ol></div>
          <section class="form-card" id="sign-up" aria-labelledby="h-signup">
            <form class="form" method="post" novalidate>
              <h2 class="h2" id="h-signup">Anmelden</h2>
              ${field('name', 'Name', { more: 'autocomplete="name"' })}
              ${field('email', 'E-Mail', { type: 'email', hint: 'Nur für Bestätigung und Änderungen', more: 'autocomplete="email"' })}
              ${select('personen', 'Wie viele Personen?', ['1', '2', '3', '4'])}
              ${field('bedarf', 'Was brauchen Sie, um gut teilnehmen zu können?', { optional: true, area: 3 })}
              <div class="button-row">${submit('Verbindlich anmelden')}</div>
            </form>
          </section>
        </div>
        <aside class="stack" aria-label="Unterlagen und Kontakt">
          <div class="box"><h2 class="box__title">Unterlagen</h2><ul class="files">${file('Lageplan', 'PDF, 300 kB, barrierefrei')}</ul></div>
          <div class="box"><h2 class="box__title">Kontakt</h2><p>Ombudsstelle für Bürger*inneninteressen</p><ul class="links"><li><a href="mailto:mitwirken@dortmund.de">${icon('mail')}<span>mitwirken@dortmund.de</span></a></li></ul></div>
        </aside>
      </div></div>` });

const news = [['2021-09-14', '14. September 2021', 'Sachstandsbericht zur „(Digitalen) Mitwirkung 2.0“ liegt vor', 'Instrumentenkoffer, Beteiligungsplattform und Mitmachpool: Der Bericht zeigt, wie weit die drei Arbeitspakete sind. Am 16. Dezember entscheidet der Rat.'],
  ['2021-01-13', '13. Januar 2021', 'Mitwirkungskultur 2.0: Digitale Mitmachformate und Beteiligungsangebote werden entwickelt', 'Auf Wunsch des Rates macht die Stadt Tempo. Bürger*innen, Politik und Initiativen werden nach Anforderungen und Ideen gefragt.'],
  ['2020-08-11', '11. August 2020', 'Verwaltungsspitze nimmt Vorlage für digitale Formate zur Kenntnis', 'Die Vorlage „Dortmunder Modell zur Weiterentwicklung der Mitwirkungskultur durch digitale Formate“ geht in die politischen Gremien.']];
const newsList = page({ title: 'Neuigkeiten', nav: 'Neuigkeiten', body: `
      ${head({ path: [['Neuigkeiten']], h1: 'Neuigkeiten', lead: 'Was sich bei der Beteiligung in Dortmund tut.', actions: `<a class="inline-icon" href="#">${icon('rss')} Als RSS abonnieren</a>` })}
      <div class="section"><div class="wrap">
        <ul class="news">${news.map(([iso, date, title, text]) => `<li class="news__item"><time datetime="${iso}">${date}</time><div><h2 class="h3"><a href="neuigkeit.html">${title}</a></h2><p>${text}</p></div></li>`).join('\n')}</ul>
        ${pager('Neuigkeiten 1 bis 3 von 12', '', '#')}
      </div></div>` });
const newsDetail = page({ title: 'Mitwirkungskultur 2.0', nav: 'Neuigkeiten', body: `
      ${head({ path: [['Neuigkeiten', 'neuigkeiten.html'], ['Mitwirkungskultur 2.0']], h1: 'Mitwirkungskultur 2.0: Digitale Mitmachformate und Beteiligungsangebote werden entwickelt' })}
      <div class="section"><div class="wrap columns">
        <article class="prose">
          <p class="article__meta"><time datetime="2021-01-13">13. Januar 2021</time> <span>Medieninformation der Stadt Dortmund</span></p>
          <p class="lead">Kommunen stehen auch aufgrund der Pandemie vor der Aufgabe, Beteiligung und Mitwirkung neu und vor allem digital zu denken.</p>
          <p>Die Stadt Dortmund macht auf Wunsch des Rates Tempo in der Entwicklung neuer, vor allem digitaler Mitmachformate und hat ein Konzept „Mitwirkung 2.0“ in Auftrag gegeben. Politik und Verwaltung haben das gemeinsame Ziel, Teilhabe auch in Ausnahme- und Krisensituationen zu gewährleisten.</p>
          <h2>Drei Bausteine</h2>
          <ul><li>ein stadteigenes Online-Beteiligungsportal,</li><li>eine interaktive Datenbank mit Konzepten, Ideen, guten Beispielen und Leitfäden für analoge, digitale und hybride Formate,</li><li>ein Mitmachpool.</li></ul>
          <h2>Was genau ist ein Mitmachpool?</h2>
          <p>Wer regelmäßig an Befragungen oder Mitwirkungsangeboten teilnehmen will, kann sich registrieren und erhält Informationen über aktuelle Angebote – oder wird im Einzelfall nach dem Zufallsprinzip direkt eingeladen. Als Beispiel dient ein Modellversuch aus Potsdam.</p>
          <p>Die Registrierung ist per E-Mail möglich: <a href="mailto:mitwirken@dortmund.de">mitwirken@dortmund.de</a></p>
        </article>
        <aside class="stack" aria-label="Dazu passend">
          <div class="box"><h2 class="box__title">Dazu passend</h2><ul class="links"><li><a href="angebot.html">${icon('megaphone')}<span>Mitmachpool</span></a></li><li><a href="instrumentenkoffer.html">${icon('toolbox')}<span>Instrumentenkoffer</span></a></li></ul></div>
          <div class="box"><h2 class="box__title">Teilen</h2><ul class="links"><li><a href="#">${icon('link')}<span>Link kopieren</span></a></li><li><a href="#">${icon('mail')}<span>Per E-Mail</span></a></li></ul></div>
        </aside>
      </div></div>` });
const about = page({ title: 'Über MitWIRken', nav: 'Über MitWIRken', body: `
      ${head({ path: [['Über MitWIRken']], h1: 'Über MitWIRken in Dortmund', lead: 'Dortmund soll Stadt des Mitwirkens werden: vielfältige Angebote, gebündelt dargestellt und einfach zu finden.' })}
      <div class="section"><div class="wrap columns">
        <div class="prose">
          <h2>Warum diese Seite</h2>
          <p>Seit Dezember 2019 informiert „MitWIRken in Dortmund“ in gebündelter Form über alle Beteiligungs- und Mitwirkungsmöglichkeiten der Stadt und stellt Unterlagen und Dokumentationen bereit.</p>
          <h2>Wer dahinter steht</h2>
          <p>Die Ombudsstelle für Bürger*inneninteressen und die Koordinierungsstelle „nordwärts“ organisieren den Prozess „(Digitale) Mitwirkung 2.0“. Ein Kernteam aus sieben Bereichen erarbeitet die Ansätze gemeinsam:</p>
          <ul><li>Ombudsstelle und Projekt „nordwärts“</li><li>Chief Information/Innovation Office</li><li>Dortmund-Agentur</li><li>Dortmunder Systemhaus</li><li>Amt für Stadterneuerung</li><li>Stadtplanungs- und Bauordnungsamt</li><li>Wirtschaftsförderung Dortmund</li></ul>
          <h2>Drei Arbeitspakete</h2>
          <h3>1 · Instrumentenkoffer</h3><p>Eine Datenbank erprobter Formate, die zur eigenen Umsetzung befähigt.</p>
          <h3>2 · Beteiligungsplattform</h3><p>Informelle und formelle Verfahren in einem System.</p>
          <h3>3 · Mitmachpool</h3><p>Einmal eintragen, passende Einladungen erhalten, jederzeit widerrufen.</p>
          <blockquote><p>Menschen einbeziehen, ohne jemanden auszugrenzen oder abzuhängen.</p></blockquote>
        </div>
        <aside aria-label="Auf dieser Seite"><nav class="toc toc--sticky" aria-label="Inhalt"><h2 class="box__title">Auf dieser Seite</h2><ol><li><a href="#">Warum diese Seite</a></li><li><a href="#">Wer dahinter steht</a></li><li><a href="#">Drei Arbeitspakete</a></li></ol></nav></aside>
      </div></div>` });
const downloads = page({ title: 'Downloads', body: `
      ${head({ path: [['Downloads']], h1: 'Downloads', lead: 'Ablauf-, Schulungs- und Regiekonzepte, Anwendungshilfen und Berichte – zum Weiterverwenden.' })}
      <div class="section"><div class="wrap stack stack--large">
        <form class="row" method="get"><div class="f"><label for="dq">Dokumente durchsuchen</label><input class="field" type="search" id="dq" name="q"></div>${submit('Suchen', 'secondary', '', 'search')}</form>
        <section aria-labelledby="h-d1"><div class="section__head"><h2 class="h2" id="h-d1">Digitaler Bürger*innendialog</h2><a class="inline-icon" href="#">${icon('download')} Alle 5 als ZIP (6,1 MB)</a></div>
          <ul class="files">${file('Dokumentation zum 1. Digitalen Dortmunder Bürger*innendialog', 'PDF, 2,4 MB, barrierefrei · August 2020')}${file('Konzept und Ablaufplan', 'PDF, 510 kB, barrierefrei')}${file('Schulungskonzept Moderation', 'PDF, 420 kB')}${file('Regiefolien', 'PPTX, 3,2 MB')}${file('Zoom-Leitfaden', 'DOCX, 88 kB')}</ul></section>
        <section aria-labelledby="h-d2"><div class="section__head"><h2 class="h2" id="h-d2">Berichte und Beschlüsse</h2></div>
          <ul class="files">${file('Sachstandsbericht „(Digitale) Mitwirkung 2.0“', 'PDF, 1,1 MB, barrierefrei · September 2021')}${file('Dortmunder Modell zur Weiterentwicklung der Mitwirkungskultur', 'PDF, 740 kB · Drucksache 18037-20')}</ul></section>
      </div></div>` });

const quotes = {
  1: [['Informationspolitik der Stadt zu Corona grundsätzlich gut', 'Einkaufshilfen gab es überall in der Stadt', 'Gastro-Hilfe war eine gute Sache', 'Digitale Information und Kommunikation war positiv – vieles ist nun digital möglich'], ['Kommunikation im Bereich Schule – Eltern eher schlecht', 'Information für „eingeschränkte“ Personen verbessern', 'Viele gute Angebote, die aber nicht in der öffentlichen Wahrnehmung angekommen sind', 'Analoge Kommunikationskanäle bleiben sehr wichtig'], ['Handzettel für Ältere, z. B. Verhalten in Notfallsituationen', 'Info-Flyer per Briefkasteneinwurf, Laternen und Ampeln im Quartier bekleben', 'Technikausstattung für alle Schüler*innen verbessern', 'Stadt sollte Vorbild sein in Sachen Gesundheits­management']],
  2: [['Foodsharing war ein sehr positives Angebot', 'Die Informationen zu Infektionszahlen und Testmöglichkeiten waren sehr gut'], ['Viele Angebote der Stadt waren nicht bekannt', 'Die Zivilgesellschaft muss bei der Nachbarschaftshilfe unterstützt werden', 'Digitale Kommunikation ist nicht für jede/n zugänglich', 'Informationen müssen übersichtlicher gebündelt werden'], []],
  3: [['Nachbarschafts- und Einkaufshilfen für Personen in Quarantäne'], ['Koordination der Corona-Hilfe im Quartier – wo kann man helfen?', 'Bessere Kommunikation der Angebote der Freiwilligen-Agentur'], ['Digitale und analoge Angebote gegen die Vereinsamung', 'Flächen für Urban Gardening – gemeinschaftliche Nutzung', 'Bestehende Grünflächen nutzen und aufwerten (sauber und kinderfreundlich)', 'Informationen im Quartier, beispielsweise Quartiers-Hotline', 'Übersetzung von Informationsmaterial – Mehrsprachigkeit']],
  4: [['Es gab viele Angebote von der Stadt, auch in der eigenen Nachbarschaft'], ['Angebote der Stadt und der Quartiere sind oft nicht bekannt', 'Es gibt tolle Projekte, aber sehr unkoordiniert', 'Infos kommen nicht passgenau bei den Bürger*innen an'], ['Digitalisierung der älteren Menschen vorantreiben (Videobrücke mit iPads)', 'Projekte und Angebote auf Apps sammeln', 'Schulungsangebote für Senior*innen']],
};
const essence = {
  2: 'Der Großteil der Teilnehmer*innen war persönlich nicht allzu stark von der Situation betroffen. Insbesondere die eingeschränkten Kontakte zu Familie und Freunden sowie die Betreuung der Kinder bereiteten Schwierigkeiten. Die Umstellung auf digitales Arbeiten hat schnell und gut funktioniert.',
  3: 'Angehörige von „Risikogruppen“ stehen vor großen Herausforderungen; neben der Angst vor Ansteckung besteht die Gefahr der Vereinsamung. Positiv: der Zusammenhalt im Quartier und viel Zeit im Freien. Die Hilfsbereitschaft ist groß, aber es war nicht immer klar, wem man wie helfen kann.',
  4: 'Entschleunigung und Zusammenrücken von Familie und Nachbarschaft sehr positiv, die eigene Umgebung wurde neu entdeckt. Herausforderung waren Home Schooling und Home Office. Gefehlt haben soziale Kontakte im Freundeskreis.' };
const early = {
  1: ['Unsere Nachbarschaft ist zusammengerückt', 'Home-Office mit drei Kindern war sehr schwierig', 'Ich habe die Chance genutzt, Dortmund zu erkunden', 'Kontakt zu Freunden und kulturelle Veranstaltungen haben mir sehr gefehlt'],
  2: ['Die Angst vor Ansteckung und der eingeschränkte Kontakt zur Familie waren nicht leicht', 'Die Umstellung auf digitale Arbeit klappte gut', 'Die schnelle Nachbarschaftshilfe im Quartier lief gut'],
  3: ['Berufliche Fortbildung wurde abgesagt, digitale Umsetzung nicht möglich (Handwerk)', 'Vereinsamung bei Menschen, die alleine leben', 'Zusammenhalt, Hinterhofkonzerte'],
  4: ['Surreale Ruhe, wie am 1. Januar, wenn man mittags auf die Straße geht und alle noch schlafen', 'Familie kam sich wieder näher', 'Es gab keine Angebote für Jugendliche und Kinder', 'Wissenschaft wurde sichtbar'],
};
const polls = [['Was hat Sie bisher am meisten belastet?', ['Kontaktsperren – meine Verwandten und Freunde nicht besuchen zu können', 'Ausgangsbeschränkungen – die eingeschränkten Möglichkeiten in der näheren Umgebung', 'Berufliche Veränderungen und Existenzängste', 'Angst vor Ansteckung und gesundheitliche Sorgen', 'Kita/Schule – die fehlende Betreuung für meine Kinder', 'Ich habe das Virus weitgehend ignoriert und mich nicht einschränken lassen']],
  ['Trotz der vielen Probleme in der Krise: Was war positiv?', ['Die neuen Formen der Arbeit wie etwa mehr Home-Office', 'Dass viele Bereiche des täglichen Lebens online gut funktionieren', 'Nachbarschaftshilfe/Einkaufshilfe – die Solidarität in Dortmund', 'Online-Sprechstunden/kulturelle Angebote – das flexible Handeln von Verwaltung, Wirtschaft und Kultur', 'Neue Erfahrungen – ich habe mein Quartier noch einmal ganz anders kennengelernt', 'Entschleunigung – mein Leben ist ruhiger und langsamer geworden']]];
const points = ['Digitale und analoge Informations- und Beteiligungsformate gut verknüpfen, um niemanden zurückzulassen', 'Die „Unterstützer“ vor Ort unterstützen: Geld, Infrastruktur, konkrete Ansprechpartner*innen', 'Neue Kanäle für Kommunikation, mehrsprachig und planbar; öffentlichen Raum umgestalten', 'Digitalisierung für ältere Menschen: Schulungen bis hin zur Ausstattung'];
const board = (kind, symbol, title, list) => `<section class="board board--${kind}"><h4 class="board__title">${icon(symbol)}${title}<span class="count">${list.length}</span></h4>${list.length ? `<ul class="notes">${list.map((text) => `<li><blockquote class="note">„${text}“</blockquote></li>`).join('')}</ul>` : '<p class="muted small">Hierzu wurde nichts genannt.</p>'}</section>`;
const early1 = (n) => `<article class="group" aria-labelledby="h-e${n}">
  <h3 class="h3" id="h-e${n}">Kleingruppe ${n}</h3>
  <ul class="notes">${early[n].map((text) => `<li><blockquote class="note">„${text}“</blockquote></li>`).join('')}</ul>
  ${essence[n] ? `<div class="essence">${icon('quote')}<div><h4 class="h4">Quintessenz</h4><p>${essence[n]}</p></div></div>` : ''}
</article>`;
const group = (n) => `<article class="group" id="group-${n}" aria-labelledby="h-g${n}">
  <h3 class="h2" id="h-g${n}">Kleingruppe ${n}</h3>
  <div class="boards">${board('helpful', 'thumb', 'Hilfreich', quotes[n][0])}${board('improve', 'edit', 'Zu verbessern', quotes[n][1])}${board('new', 'idea', 'Neu', quotes[n][2])}</div>
  <div class="essence">${icon('star')}<div><h4 class="h4">Am wichtigsten</h4><p>${points[n - 1]}</p></div></div>
</article>`;
const dialogue = page({ title: '1. Digitaler Bürger*innendialog: Dokumentation', nav: 'Ergebnisse', body: `
      ${head({ path: [['Ergebnisse', 'ergebnisse.html'], ['1. Digitaler Bürger*innendialog']], h1: '1. Digitaler Dortmunder Bürger*innendialog', tags: `${pill('', 'abgeschlossen')} ${pill('plain', 'August 2020')} ${pill('plain', 'vier Kleingruppen')}`, lead: 'Dokumentation: Wie haben die Menschen die Corona-Zeit erlebt, was hat geholfen, was fehlte – und was ist jetzt wichtig?', actions: `${btn('Als PDF', '#', 'primary', 'download')} ${btn('Drucken', '#', 'secondary', 'print')}` })}
      <section class="section" aria-labelledby="h-points"><div class="wrap">
        <div class="section__head"><h2 class="h2" id="h-points">Die wichtigsten Punkte</h2><p class="muted">Jede Gruppe einigte sich auf ein bis zwei Vorschläge.</p></div>
        <ol class="points">${points.map((text, n) => `<li class="card"><p class="eyebrow">Kleingruppe ${n + 1}</p><p class="h3">${text}</p></li>`).join('')}</ol>
      </div></section>
      <div class="section section--tinted"><div class="wrap columns">
        <div class="prose"><h2>Warum ein digitaler Bürger*innendialog</h2><p>Die Stadt möchte auch in Zeiten der Pandemie Beteiligung, Teilhabe und die Kommunikation mit den Bürger*innen aufrechterhalten. Neue digitale Formate sollen gemeinsam erprobt werden. Dortmund war dafür eine von bundesweit zehn Pilotkommunen; die Bertelsmann Stiftung unterstützte Konzeption und Durchführung.</p></div>
        <div><h2 class="h3">Ablauf der Veranstaltung</h2><ol class="steps"><li>Begrüßung</li><li>Stimmungsbilder per Handzeichen</li><li>Befragung der Teilnehmenden</li><li><a href="#session-1">Break-out-Session 1</a></li><li>Input der Stadt Dortmund</li><li><a href="#session-2">Break-out-Session 2</a></li><li>Evaluation der Veranstaltung</li></ol></div>
      </div></div>
      <section class="section" aria-labelledby="h-polls"><div class="wrap">
        <div class="section__head"><h2 class="h2" id="h-polls">Befragung der Teilnehmenden</h2><p class="muted">Je zwei von sechs Antworten</p></div>
        <div class="two">${polls.map(([text, answers]) => `<div class="card"><h3 class="card__title">${text}</h3><ul class="reasons">${answers.map((answer) => `<li>${icon('check')}<span>${answer}</span></li>`).join('')}</ul></div>`).join('')}</div>
      </div></section>
      <section class="section section--tinted" id="session-1" aria-labelledby="h-s1"><div class="wrap stack">
        <h2 class="h2" id="h-s1">Session 1: Erfahrungen</h2>
        <p class="question">Wie haben Sie die Corona-Zeit in Ihrer nächsten Umgebung, in Ihrem Quartier erlebt? Was hat Sie belastet? Was lief besser als erwartet?</p>
        <div class="two">${[1, 2, 3, 4].map(early1).join('\n')}</div>
      </div></section>
      <section class="section" id="session-2" aria-labelledby="h-s2"><div class="wrap stack stack--large">
        <div class="stack"><h2 class="h2" id="h-s2">Session 2: Angebote</h2>
        <p class="question">Welche Angebote der Stadt waren in der Corona-Zeit in den Quartieren hilfreich? Welche sollten verbessert oder neu entwickelt werden?</p>
        <nav aria-label="Kleingruppen"><ul class="choice-links">${[1, 2, 3, 4].map((n) => `<li><a href="#group-${n}">Kleingruppe ${n}</a></li>`).join('')}</ul></nav></div>
        ${[1, 2, 3, 4].map(group).join('\n')}
      </div></section>
      <section class="section" aria-labelledby="h-next"><div class="wrap"><h2 class="h2" id="h-next">Wie es weiterging</h2><div class="prose"><p>Die Einschätzungen und Ideen flossen in das Konzept zur Weiterentwicklung der digitalen Mitwirkungskultur ein. Viele Teilnehmer*innen wünschten sich hybride Angebote: analog, ergänzt durch digitale Instrumente.</p></div><p class="row">${btn('Angebot „Mitwirkung 2.0“ ansehen', 'angebot.html', 'secondary', 'arrow')}</p></div></section>` });

const hit = (kind, symbol, title, href, text, meta) => `<li class="result"><p class="result__kind"><span class="inline-icon">${icon(symbol)}${kind}</span><span>${meta}</span></p><h2 class="h3"><a href="${href}">${title}</a></h2><p class="result__text">${text}</p></li>`;
const search = page({ title: 'Suche: Bürger*innendialog', body: `
      <div class="page-head"><div class="wrap">
        <nav class="breadcrumb" aria-label="Brotkrümel"><ol><li><a href="index.html">Start</a></li><li><span aria-current="page">Suche</span></li></ol></nav>
        <h1>Suche</h1>
        <form class="search search--wide" id="search-form" role="search" aria-label="Alles durchsuchen" action="suche.html"><label class="sr-only" for="sq">Suchbegriff</label><input class="search__input" id="sq" name="q" type="search" value="Bürger*innendialog"><button class="search__button" type="submit">${icon('search')}${sr('Suchen')}</button></form>
      </div></div>
      <div class="section"><div class="wrap">
        <nav aria-label="Ergebnisse nach Art"><ul class="choice-links"><li><a href="#" aria-current="true">Alles <span class="count">14</span></a></li><li><a href="#">Angebote <span class="count">2</span></a></li><li><a href="#">Formate <span class="count">3</span></a></li><li><a href="#">Ergebnisse <span class="count">1</span></a></li><li><a href="#">Neuigkeiten <span class="count">3</span></a></li><li><a href="#">Dokumente <span class="count">5</span></a></li></ul></nav>
        <p class="section--tight muted" id="results">14 Treffer für „Bürger*innendialog“</p>
        <ol class="results">
          ${hit('Ergebnis', 'check-circle', '1. Digitaler Dortmunder <mark>Bürger*innendialog</mark>', 'dialog.html', 'Vier Gruppen haben diskutiert, was in der Corona-Zeit half und was fehlte. Die Dokumentation des <mark>Bürger*innendialogs</mark> mit allen Quintessenzen.', 'August 2020')}
          ${hit('Format', 'toolbox', 'Digitaler <mark>Bürger*innendialog</mark>', 'format.html', 'Austausch mit einer größeren Gruppe in mehreren aufeinanderfolgenden Gesprächsrunden zu einem vorgegebenen Thema.', 'Austauschen/Diskutieren · digital')}
          ${hit('Angebot', 'megaphone', 'Konzept „(Digitale) Mitwirkung 2.0“', 'angebot.html', '… im Rahmen eines digitalen <mark>Bürger*innendialogs</mark> im August 2020 dafür aus, eine Mischung aus analogen und digitalen Angeboten zu entwickeln …', 'in Auswertung')}
          ${hit('Dokument', 'file', 'Konzept und Ablaufplan', '#', 'Regieplan für den <mark>Bürger*innendialog</mark>: Begrüßung, Stimmungsbilder, zwei Break-out-Sessions, Evaluation.', 'PDF, 510 kB')}
        </ol>
        ${pager('Treffer 1 bis 4 von 14', '', '#')}
      </div></div>` });

export const pages = { termine: calendar, 'termine-liste': eventList, termin: event, neuigkeiten: newsList, neuigkeit: newsDetail, ueber: about, downloads, dialog: dialogue, suche: search };
