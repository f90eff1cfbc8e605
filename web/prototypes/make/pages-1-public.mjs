import { btn, check, chosen, crumbs, field, file, head, icon, page, pager, pill, select, sr, submit } from './lib.mjs';
import { districts, events, offers } from './data.mjs';

const offerCard = (offer, level = 3) => `<li class="card card--link">
  <div class="card__media"><img src="/assets/img/${offer.picture}.svg" alt="${offer.alt}" width="480" height="240" loading="lazy"></div>
  <div class="card__head">
    <span class="topic topic--${offer.topic[2]}">${icon(offer.topic[1])}${offer.topic[0]}</span>
    ${pill(offer.state[0], offer.state[1])}
  </div>
  <h${level} class="card__title"><a href="angebot.html">${offer.title}</a></h${level}>
  <p class="card__text">${offer.text}</p>
  <p class="card__meta">
    <span>${icon('pin')}${offer.district}</span>
    <span>${icon('clock')}${offer.until}</span>
  </p>
  ${offer.left || offer.result ? `<div class="card__foot">${offer.left ? `<span class="deadline">${offer.left}</span>` : ''}${offer.result ? `<a class="inline-icon small" href="dialog.html">${icon('check-circle')} Ergebnisse lesen${sr(`: ${offer.title}`)}</a>` : ''}</div>` : ''}
</li>`;

const eventRow = ([day, month, title, meta], button = '') => `<li class="event">
  <div class="date-tile"><b>${day}</b><span>${month}</span></div>
  <div>
    <h3 class="event__title"><a href="termin.html">${title}</a></h3>
    <p class="event__meta">${meta}</p>
  </div>
  ${button}
</li>`;

const home = page({ title: 'Start', body: `
      <div class="hero hero--home">
        <div class="wrap hero__grid">
          <div>
            <h1>Dortmund gestalten. Gemeinsam.</h1>
            <p class="hero__lead">Hier finden Sie alles, wobei Sie in Dortmund mitreden können: was gerade läuft, was ansteht und was aus Ihren Ideen geworden ist.</p>
            <div class="hero__actions">
              ${btn('Angebote entdecken', 'angebote.html', 'primary', 'search')}
              ${btn('In den Mitmachpool', '#', 'secondary', 'people')}
            </div>
            <p class="hero__note">Kein Konto nötig. Auch auf Papier, am Telefon und vor Ort.</p>
          </div>
          <figure class="picture">
            <img src="/assets/img/dortmund.svg" width="760" height="500" alt="Illustration: Florianturm, Dortmunder U, Fördergerüst und Segelboote auf dem Phoenix-See, davor Menschen im Gespräch">
          </figure>
        </div>
      </div>
      <section class="section" aria-labelledby="h-now">
        <div class="wrap">
          <div class="section__head">
            <h2 class="h2" id="h-now">Jetzt mitmachen</h2>
            <a href="angebote.html">Alle 24 Angebote</a>
          </div>
          <ul class="cards">
            ${[offers[0], offers[1], offers[3]].map((offer) => offerCard(offer)).join('\n')}
          </ul>
        </div>
      </section>
      <section class="section section--tinted" aria-labelledby="h-where">
        <div class="wrap">
          <div class="section__head">
            <div>
              <h2 class="h2" id="h-where">Was passiert in Ihrem Stadtbezirk?</h2>
              <p class="muted">Zwölf Bezirke – wählen Sie Ihren.</p>
            </div>
            <a class="inline-icon" href="angebote-karte.html">${icon('map')} Auf der Karte zeigen</a>
          </div>
          <ul class="choice-links">
            ${districts.map((name, n) => `<li><a href="angebote.html">${name} <span class="count">${[2, 1, 3, 2, 4, 3, 5, 2, 6, 1, 2, 2][n]}${sr(' Angebote')}</span></a></li>`).join('\n')}
          </ul>
        </div>
      </section>
      <section class="section" aria-labelledby="h-ways">
        <div class="wrap">
          <div class="section__head"><h2 class="h2" id="h-ways">So machen Sie mit</h2></div>
          <ol class="ways">
            <li class="way"><h3 class="h3">Aussuchen</h3><p>Angebot nach Thema, Stadtbezirk oder Termin finden – oder sich vom Mitmachpool einladen lassen.</p></li>
            <li class="way"><h3 class="h3">Mitreden</h3><p>Idee einreichen, abstimmen, vorbeikommen. Online, auf Papier, am Telefon: Alles zählt gleich viel.</p></li>
            <li class="way"><h3 class="h3">Erfahren, was daraus wird</h3><p>Wir antworten öffentlich und sagen, was übernommen wurde – und was nicht, mit Begründung.</p></li>
          </ol>
        </div>
      </section>
      <section class="section section--tinted" aria-label="Termine und Ergebnisse">
        <div class="wrap columns">
          <div>
            <div class="section__head">
              <h2 class="h2">Die nächsten Termine</h2>
              <a class="inline-icon" href="termine.html">${icon('calendar')} Kalender öffnen</a>
            </div>
            <ul class="events">
              ${events.slice(1).map((event) => eventRow(event)).join('\n')}
            </ul>
          </div>
          <div>
            <div class="section__head"><h2 class="h2">Was daraus wurde</h2></div>
            <div class="stack">
              <article class="card card--link">
                <p class="eyebrow">Ergebnis · August 2020</p>
                <h3 class="card__title"><a href="dialog.html">Bürger*innendialog: digital und analog verbinden</a></h3>
                <p class="card__text">Vier Gruppen, eine klare Botschaft: Informationen bündeln, niemanden zurücklassen, Beteiligung hybrid anbieten.</p>
                <p class="answer"><b>Umgesetzt:</b> Das Beteiligungsportal wird erprobt, der Instrumentenkoffer ist online.</p>
              </article>
              <article class="card card--link">
                <p class="eyebrow">Beschluss · September 2019</p>
                <h3 class="card__title"><a href="#">Eine Seite für alle Mitwirkungsangebote</a></h3>
                <p class="card__text">Der Verwaltungsvorstand beauftragte die Seite „MitWIRken in Dortmund“. Seit Dezember 2019 ist sie da.</p>
              </article>
            </div>
          </div>
        </div>
      </section>
      <section class="section" aria-labelledby="h-news">
        <div class="wrap">
          <div class="section__head"><h2 class="h2" id="h-news">Neuigkeiten</h2><a href="neuigkeiten.html">Alle Neuigkeiten</a></div>
          <ul class="news">
            <li class="news__item"><time datetime="2021-09-14">14. September 2021</time><div><h3 class="h3"><a href="neuigkeit.html">Sachstandsbericht zur „(Digitalen) Mitwirkung 2.0“ liegt vor</a></h3><p>Instrumentenkoffer, Beteiligungsplattform, Mitmachpool: wo die drei Arbeitspakete stehen.</p></div></li>
            <li class="news__item"><time datetime="2021-01-13">13. Januar 2021</time><div><h3 class="h3"><a href="neuigkeit.html">Digitale Mitmachformate und Beteiligungsangebote werden entwickelt</a></h3><p>Der Rat hat das Konzept in Auftrag gegeben, der Mitmachpool nimmt Anmeldungen an.</p></div></li>
            <li class="news__item"><time datetime="2020-08-11">11. August 2020</time><div><h3 class="h3"><a href="neuigkeit.html">Digitale Formate zur Weiterentwicklung der Mitwirkungskultur</a></h3><p>Die Verwaltungsspitze gibt die Vorlage an die politischen Gremien weiter.</p></div></li>
          </ul>
        </div>
      </section>
      <section class="section" aria-labelledby="h-toolbox">
        <div class="wrap">
          <div class="call">
            <div>
              <h2 class="h2" id="h-toolbox">Selbst etwas auf die Beine stellen?</h2>
              <p>Der Instrumentenkoffer zeigt erprobte Formate mit Anleitungen, Ablaufplänen und Erfahrungen – für Vereine, Initiativen und die Verwaltung.</p>
            </div>
            ${btn('Instrumentenkoffer öffnen', 'instrumentenkoffer.html', 'secondary', 'toolbox')}
          </div>
        </div>
      </section>` });

const filters = `<form id="filter-form" method="get" action="angebote.html" aria-label="Angebote filtern" data-part="results">
  <details class="filters" open>
    <summary>${icon('filter')} Filter <span class="count">2 aktiv</span></summary>
    <div class="filters__head"><h2 class="h4">Filter</h2><a class="small" href="angebote.html">Alle zurücksetzen</a></div>
    <div class="filters__search f">
      <label for="text">Suche in den Angeboten</label>
      <input class="field" type="search" id="text" name="q">
    </div>
    <fieldset><legend>Stand</legend><div>
      ${check('stand', 'laeuft', 'läuft', 6, true)}${check('stand', 'plan', 'in Planung', 5, true)}${check('stand', 'auswertung', 'in Auswertung', 3)}${check('stand', 'fertig', 'abgeschlossen', 10)}
    </div></fieldset>
    <fieldset><legend>Thema</legend><div>
      ${check('thema', 'stadt', 'Stadtentwicklung', 5)}${check('thema', 'bau', 'Bauleitplanung', 4)}${check('thema', 'umwelt', 'Umwelt und Klima', 3)}${check('thema', 'mobil', 'Mobilität', 2)}${check('thema', 'digital', 'Digitale Stadt', 4)}${check('thema', 'kultur', 'Mitmachkultur', 6)}
    </div></fieldset>
    <fieldset><legend>Art</legend><div>
      ${check('art', 'informell', 'Informell', 17)}${check('art', 'formell', 'Formell', 4)}${check('art', 'dauerhaft', 'Dauerhaft', 3)}
    </div></fieldset>
    <fieldset><legend>Stadtbezirk</legend><div>${select('bezirk', 'Stadtbezirk', ['Ganz Dortmund', ...districts], { hidden: true })}</div></fieldset>
    <div class="filters__foot">${submit('11 Angebote anzeigen')}</div>
  </details>
</form>`;
const switchView = (view) => `<nav class="switch" aria-label="Darstellung">
  <a href="angebote.html"${view === 'list' ? ' aria-current="true"' : ''}>${icon('list')} Liste</a>
  <a href="angebote-karte.html"${view === 'map' ? ' aria-current="true"' : ''}>${icon('map')} Karte</a>
</nav>`;
const toolbar = (view) => `<div class="toolbar">
  <p aria-live="polite"><b>11 Angebote</b> <span class="muted">von 24</span></p>
  <div class="toolbar__end">
    ${select('sortierung', 'Sortieren nach', ['In Kürze vorbei', 'Neueste zuerst', 'Titel A–Z', 'Stadtbezirk'], { hidden: true })}
    ${switchView(view)}
  </div>
</div>
<p class="chips"><span class="muted">Aktive Filter:</span> ${chosen('', 'läuft')} ${chosen('', 'in Planung')}</p>`;

const list = page({ title: 'Mitmachangebote', nav: 'Mitmachangebote', body: `
      ${head({ path: [['Mitmachangebote']], h1: 'Mitmachangebote', lead: 'Aktuelle, dauerhafte und abgeschlossene Angebote der Stadt Dortmund – alle an einem Ort.' })}
      <div class="section section--tinted">
        <div class="wrap with-filters">
          ${filters}
          <div id="results">
            ${toolbar('list')}
            <ul class="cards cards--two">
              ${offers.filter((offer) => offer.state[1] !== 'abgeschlossen').slice(0, 6).map((offer) => offerCard(offer, 2)).join('\n')}
            </ul>
            ${pager('Angebote 1 bis 6 von 11', '', '#')}
          </div>
        </div>
      </div>` });

const places = [['Innenstadt-West', 358, 246, 6], ['Innenstadt-Nord', 402, 176, 5], ['Hörde', 452, 326, 4], ['Eving', 396, 108, 3], ['Huckarde', 296, 196, 3], ['Aplerbeck', 586, 312, 2], ['Hombruch', 340, 356, 2], ['Mengede', 206, 92, 2], ['Scharnhorst', 520, 130, 2], ['Innenstadt-Ost', 470, 232, 2], ['Brackel', 602, 214, 1], ['Lütgendortmund', 196, 276, 1]];
const cityMap = (short = false) => `<div class="map">
  <svg class="map__canvas${short ? ' map__canvas--short' : ''}" viewBox="0 0 800 440" preserveAspectRatio="xMidYMid slice" role="img" aria-label="Schematische Karte der zwölf Stadtbezirke mit der Zahl der Angebote, die meisten in Innenstadt-West (6) und Innenstadt-Nord (5)">
    <path class="land" d="M0 0h800v440H0Z" />
    <path class="green" d="M60 40c60-20 120 10 110 50s-90 40-120 20-30-60 10-70ZM560 40c80-10 130 20 120 60s-90 30-120 10-30-60 0-70ZM300 380c60-20 110 0 110 30v30H270c-10-20 0-50 30-60ZM640 340c50-10 90 10 90 40s-70 40-100 20-30-50 10-60ZM440 262c20-6 44 0 46 16s-30 22-44 14-16-26-2-30Z" />
    <path class="stream" d="M800 350c-120-20-200 10-290-30S380 300 330 250 250 140 170 100 60 20 0 10" />
    <path class="water" d="M462 300c18-8 46-6 52 4s-14 18-32 16-34-14-20-20Z" />
    <path class="road" d="M0 230c140 20 260-30 400 0s260 10 400-30M390 0c10 120-20 280 20 440M0 400c200-60 300-20 420-70s240 10 380 60M560 0c-20 140 30 260 0 440M160 0c40 120 20 300 90 440" />
    <path class="border" d="m120 60 180-40 160 30 180 20 80 110-20 150-110 90-190 10-130-40-110-80-60-110Z" />
    ${places.map(([name, x, y, n]) => `<circle class="cluster" cx="${x}" cy="${y}" r="${15 + n}" /><text class="cluster-count" x="${x}" y="${y}" dy=".35em">${n}</text><text class="district" x="${x}" y="${y + 34 + n}">${name}</text>`).join('\n    ')}
  </svg>
  <div class="map__buttons">
    <button type="button">${icon('plus')}${sr('Vergrößern')}</button>
    <button type="button">${icon('minus')}${sr('Verkleinern')}</button>
    <button type="button">${icon('target')}${sr('Mein Standort')}</button>
    <button type="button">${icon('layers')}${sr('Hintergrund wählen')}</button>
  </div>
  <p class="map__foot"><a href="#places">Alle Orte als Liste</a><span class="muted">© basemap.de / BKG</span></p>
</div>`;
const listMap = page({ title: 'Mitmachangebote auf der Karte', nav: 'Mitmachangebote', body: `
      ${head({ path: [['Mitmachangebote', 'angebote.html'], ['Karte']], h1: 'Mitmachangebote auf der Karte', lead: 'Dieselben Filter, derselbe Inhalt – nach Ort statt nach Frist.' })}
      <div class="section section--tinted">
        <div class="wrap with-filters">
          ${filters}
          <div id="results">
            ${toolbar('map')}
            ${cityMap()}
            <section id="places" class="section section--tight" aria-labelledby="h-places">
              <div class="section__head"><h2 class="h3" id="h-places">Alle Orte als Liste</h2></div>
              <ul class="links">
                ${places.slice(0, 6).map(([name, , , n]) => `<li><a href="angebote.html">${icon('pin')}<span>${name}: ${n} Angebot${n > 1 ? 'e' : ''}</span></a></li>`).join('\n')}
              </ul>
            </section>
          </div>
        </div>
      </div>` });

const step = (text, dates, state, n) => `<li${state === 'done' ? ' class="is-done"' : state === 'now' ? ' class="is-now" aria-current="step"' : ''}>
  <span class="timeline__dot" aria-hidden="true">${state === 'done' ? '✓' : n}</span>
  <b>${text}</b>
  <p>${dates}${state === 'done' ? sr(' (abgeschlossen)') : ''}</p>
  ${state === 'now' ? '<span class="deadline">noch 37 Tage</span>' : ''}
</li>`;
const detail = page({ title: 'SMART RHINO', nav: 'Mitmachangebote', body: `
      <div class="hero">
        <div class="wrap">
          ${crumbs([['Mitmachangebote', 'angebote.html'], ['SMART RHINO']])}
          <div class="hero__grid">
            <div>
              <p class="tags">${pill('running', 'Beteiligung läuft')} ${pill('plain', 'Informelle Beteiligung')} ${pill('plain', 'Innenstadt-West')}</p>
              <h1>SMART RHINO: ein neues Quartier auf dem HSP-Areal</h1>
              <p class="hero__lead">Auf dem ehemaligen HSP-Gelände entsteht ein Stadtteil für Wohnen, Wissenschaft und Arbeit. Was soll dort nicht fehlen? Alle Beiträge werden geprüft und beantwortet.</p>
              <div class="hero__actions">
                ${btn('Idee einreichen', '#', 'primary', 'idea')} ${btn('Angebot folgen', '#', 'secondary', 'bell')} ${btn('Teilen', '#', 'tertiary', 'share')}
              </div>
            </div>
            <figure class="picture"><img src="/assets/img/topic-city.svg" width="480" height="240" alt="Illustration: neue Häuser, ein Kran und Bäume"></figure>
          </div>
          <dl class="facts">
            <div><dt>Mitmachen bis</dt><dd>${icon('calendar')}15. Dezember 2021</dd></div>
            <div><dt>Wo</dt><dd>${icon('pin')}Innenstadt-West, HSP-Areal</dd></div>
            <div><dt>Wer entscheidet</dt><dd>${icon('townhall')}Rat der Stadt</dd></div>
            <div><dt>Ihr Einfluss</dt><dd>${icon('idea')}Ideen für die Planung</dd></div>
          </dl>
        </div>
      </div>
      <nav class="tabs" aria-label="Dieses Angebot">
        <ul class="wrap">
          <li><a href="#overview" aria-current="true">Überblick</a></li>
          <li><a href="#documents">Dokumente <span class="count">4</span></a></li>
          <li><a href="#dates">Termine <span class="count">2</span></a></li>
          <li><a href="#results">Ergebnisse</a></li>
          <li><a href="#questions">Fragen &amp; Antworten</a></li>
        </ul>
      </nav>
      <section class="section" id="overview" aria-labelledby="h-steps">
        <div class="wrap">
          <div class="section__head"><h2 class="h2" id="h-steps">So läuft es ab</h2><a href="#">Was mit Ihren Beiträgen passiert</a></div>
          <ol class="timeline">
            ${step('Informieren', 'bis 31. Oktober', 'done', 1)}${step('Ideen sammeln', '1. November bis 15. Dezember', 'now', 2)}${step('Auswerten', 'Januar und Februar<br>Bericht wird veröffentlicht', '', 3)}${step('Bauleitplanung', 'ab Frühjahr 2022<br>formelle Beteiligung', '', 4)}${step('Beschluss im Rat', 'Termin folgt', '', 5)}
          </ol>
        </div>
      </section>
      <div class="section section--tinted">
        <div class="wrap columns">
          <div class="stack stack--large">
            <div class="prose">
              <h2>Worum es geht</h2>
              <p>Das Großprojekt auf dem ehemaligen HSP-Areal wird im Beteiligungsportal intensiv begleitet. Gesammelt werden Ideen für öffentliche Räume, Wege, Wohnen, Bildung und Arbeit. Ergänzend gibt es Termine vor Ort – was dort gesagt wird, steht danach auch hier.</p>
              <h3>Was können Sie bewirken?</h3>
              <p>Ihre Ideen gehen in die Aufgabenstellung der Planung ein. Nicht mehr offen ist, <em>dass</em> das Gelände entwickelt wird; offen ist, <em>wie</em>.</p>
              <h3>Wie Sie teilnehmen können</h3>
              <ul>
                <li>online, mit oder ohne Konto</li>
                <li>mit der Papierkarte aus Bezirksverwaltungsstellen und Bibliotheken</li>
                <li>per Telefon oder E-Mail an die Ombudsstelle</li>
                <li>bei einem der Termine vor Ort</li>
              </ul>
            </div>
            <section id="results" aria-labelledby="h-results">
              <h2 class="h2" id="h-results">Ergebnisse</h2>
              <p class="muted">Zwischenstand vom 8. November 2021</p>
              <dl class="figures">
                <div class="figure"><dt>Beiträge</dt><dd>128</dd></div>
                <div class="figure"><dt>Menschen</dt><dd>342</dd></div>
                <div class="figure"><dt>beantwortet</dt><dd>41</dd></div>
              </dl>
            </section>
            <section id="questions" aria-labelledby="h-faq">
              <h2 class="h2" id="h-faq">Fragen &amp; Antworten</h2>
              <details class="fold" open><summary>Brauche ich ein Konto?</summary><div class="fold__body"><p>Nein. Eine E-Mail-Adresse genügt, wenn Sie eine Antwort möchten.</p></div></details>
              <details class="fold"><summary>Wird mein Name veröffentlicht?</summary><div class="fold__body"><p>Nur, wenn Sie es wollen. Vor dem Absenden sehen Sie, wie Ihr Beitrag erscheint.</p></div></details>
              <details class="fold"><summary>Was passiert mit Beiträgen auf Papier?</summary><div class="fold__body"><p>Sie werden eingegeben und zählen genauso wie Beiträge aus dem Internet.</p></div></details>
            </section>
          </div>
          <aside class="stack" aria-label="Dokumente, Termine und Kontakt">
            <section class="box" id="documents" aria-labelledby="h-docs">
              <h2 class="box__title" id="h-docs">Dokumente</h2>
              <ul class="files">
                ${file('Rahmenplan HSP-Areal', 'PDF, 2,1 MB, barrierefrei')}${file('Kurzfassung in Leichter Sprache', 'PDF, 640 kB, barrierefrei')}${file('Papierkarte zum Ausdrucken', 'PDF, 180 kB')}
              </ul>
            </section>
            <section class="box" id="dates" aria-labelledby="h-dates">
              <h2 class="box__title" id="h-dates">Termine</h2>
              <ul class="links">
                <li><a href="termin.html">${icon('calendar')}<span>20. November: Spaziergang über das Gelände</span></a></li>
                <li><a href="termin.html">${icon('calendar')}<span>2. Dezember: Videosprechstunde</span></a></li>
                <li><a href="#">${icon('calendar-add')}<span>Alle Termine abonnieren (ICS)</span></a></li>
              </ul>
            </section>
            <section class="box" aria-labelledby="h-contact">
              <h2 class="box__title" id="h-contact">Fragen zum Angebot</h2>
              <p>Ombudsstelle für Bürger*inneninteressen, Team Beteiligung</p>
              <ul class="links"><li><a href="mailto:mitwirken@dortmund.de">${icon('mail')}<span>mitwirken@dortmund.de</span></a></li></ul>
            </section>
            <section class="box" aria-labelledby="h-formats">
              <h2 class="box__title" id="h-formats">So gemacht</h2>
              <p class="small">Dieses Angebot nutzt Formate aus dem Instrumentenkoffer:</p>
              <ul class="links"><li><a href="format.html">${icon('toolbox')}<span>Digitaler Bürger*innendialog</span></a></li></ul>
            </section>
          </aside>
        </div>
      </div>` });

const results = page({ title: 'Ergebnisse', nav: 'Ergebnisse', body: `
      ${head({ path: [['Ergebnisse']], h1: 'Was daraus wurde', lead: 'Abgeschlossene Angebote mit ihren Ergebnissen: was übernommen wurde, was nicht und warum.' })}
      <div class="section section--tinted">
        <div class="wrap stack stack--large">
          <dl class="figures">
            <div class="figure"><dt>abgeschlossene Angebote</dt><dd>10</dd></div>
            <div class="figure"><dt>Beiträge insgesamt</dt><dd>1.486</dd></div>
            <div class="figure"><dt>davon beantwortet</dt><dd>92 %</dd></div>
            <div class="figure"><dt>Mitglieder im Mitmachpool</dt><dd>45</dd></div>
          </dl>
          <ul class="cards">
            ${[offers[5], offers[4], offers[1]].map((offer) => offerCard(offer, 2)).join('\n')}
          </ul>
        </div>
      </div>` });

export const pages = { index: home, angebote: list, 'angebote-karte': listMap, angebot: detail, ergebnisse: results };
