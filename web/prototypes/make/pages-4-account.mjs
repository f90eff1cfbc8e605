import { barePage, btn, field, head, icon, page, pill, select, sr, submit, check } from './lib.mjs';
import { events, formats, offers } from './data.mjs';

const card = (title, intro, body, foot = '') => page({ title, body: `
      <div class="section section--tinted"><div class="wrap"><div class="sign-in form-card"><div class="stack">
        <div><h1 class="h2">${title}</h1>${intro ? `<p class="muted">${intro}</p>` : ''}</div>
        ${body}
        ${foot}
      </div></div></div></div>` });
const signIn = card('Anmelden', 'Zum Mitmachen brauchen Sie kein Konto. Mit Konto sehen Sie Ihre Beiträge und Antworten an einem Ort.', `
  <form class="form" method="post" novalidate>
    ${field('email', 'E-Mail', { type: 'email', more: 'autocomplete="username"' })}
    ${field('password', 'Passwort', { type: 'password', more: 'autocomplete="current-password"' })}
    <label class="check"><input class="check__box" type="checkbox" name="bleiben" value="1"><span>Auf diesem Gerät angemeldet bleiben</span></label>
    ${submit('Anmelden', 'primary', '', 'login')}
  </form>
  <p><a href="passwort.html">Passwort vergessen?</a></p>`, `<hr><p class="row">${btn('Mit Servicekonto anmelden', '#', 'secondary', 'key')}</p><p class="small muted">Noch kein Konto? <a href="#">Konto anlegen</a></p>`);
const second = card('Bestätigen Sie die Anmeldung', 'Geben Sie den sechsstelligen Code aus Ihrer Authenticator-App ein.', `
  <form class="form" method="post" novalidate>
    ${field('code', 'Code', { hint: 'Er wechselt alle 30 Sekunden.', wrap: ' code-input', more: 'inputmode="numeric" autocomplete="one-time-code" maxlength="6"', error: 'Dieser Code stimmt nicht. Bitte geben Sie den neuesten Code ein.' })}
    ${submit('Bestätigen')}
  </form>
  <details class="fold"><summary>Kein Zugriff auf die App?</summary><div class="fold__body"><p>Nutzen Sie einen Ihrer Wiederherstellungscodes oder wenden Sie sich an <a href="mailto:mitwirken@dortmund.de">mitwirken@dortmund.de</a>.</p></div></details>`);
const reset = card('Passwort zurücksetzen', 'Wir schicken Ihnen einen Link. Er gilt eine Stunde.', `
  <form class="form" method="post" novalidate>${field('email', 'E-Mail', { type: 'email', more: 'autocomplete="email"' })}${submit('Link anfordern')}</form>`, '<p><a href="anmelden.html">Zurück zur Anmeldung</a></p>');

const error = (code, title, text, actions, picture) => page({ title, body: `
      <div class="section"><div class="wrap error-page">
        <img src="/assets/img/${picture}.svg" alt="" width="480" height="240">
        <p class="eyebrow">Fehler ${code}</p>
        <h1 class="h1">${title}</h1>
        <p class="lead">${text}</p>
        <div class="button-row">${actions}</div>
      </div></div>` });
const e404 = error(404, 'Diese Seite gibt es nicht', 'Vielleicht ist sie umgezogen oder die Adresse enthält einen Tippfehler.', `${btn('Zur Startseite', 'index.html', 'primary', 'home')} ${btn('Suchen', 'suche.html', 'secondary', 'search')}`, 'topic-green');
const e403 = error(403, 'Hier dürfen Sie nicht hinein', 'Sie sind angemeldet, aber Ihre Rolle reicht für diese Seite nicht aus. Fragen Sie die Redaktion, wenn Sie Zugang brauchen.', `${btn('Mit anderem Konto anmelden', 'anmelden.html', 'primary', 'login')} ${btn('Zur Startseite', 'index.html', 'secondary', 'home')}`, 'topic-plan');
const e500 = error(500, 'Da ist uns etwas kaputtgegangen', 'Ihre Eingaben sind gesichert, soweit es ging. Bitte versuchen Sie es in ein paar Minuten noch einmal. Kennung für Rückfragen: <code>7f3a-21c9</code>', `${btn('Noch einmal versuchen', '#', 'primary', 'refresh')} ${btn('Zur Startseite', 'index.html', 'secondary', 'home')}`, 'topic-city');

const barrier = page({ title: 'Barriere melden', body: `
      ${head({ path: [['Barriere melden']], h1: 'Barriere melden', lead: 'Etwas ist nicht lesbar, nicht bedienbar oder nicht verständlich? Sagen Sie es uns. Wir antworten innerhalb von vier Wochen.' })}
      <div class="section"><div class="wrap columns">
        <form class="form form-card" method="post" novalidate>
          <p class="muted small">Angaben ohne „freiwillig“ werden benötigt.</p>
          ${field('url', 'Adresse der Seite', { value: 'https://mitwirken.dortmund.de/angebote', hint: 'Ist schon ausgefüllt, wenn Sie von dort kommen.', optional: true })}
          ${field('text', 'Was funktioniert nicht?', { area: 5, max: 2000, hint: 'Gern auch, welches Hilfsmittel oder Gerät Sie benutzen.' })}
          ${field('name', 'Name', { optional: true, more: 'autocomplete="name"' })}
          ${field('email', 'E-Mail', { optional: true, type: 'email', hint: 'Wenn Sie eine Antwort möchten.', more: 'autocomplete="email"' })}
          <div class="honey"><label for="website">Bitte leer lassen</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
          <div class="button-row">${submit('Barriere melden')}</div>
        </form>
        <aside class="stack" aria-label="Andere Wege"><div class="box"><h2 class="box__title">Andere Wege</h2><ul class="links"><li><a href="mailto:mitwirken@dortmund.de">${icon('mail')}<span>mitwirken@dortmund.de</span></a></li><li><a href="#">${icon('sign-language')}<span>Video in Gebärdensprache</span></a></li><li><a href="#">${icon('shield')}<span>Ombudsstelle für barrierefreie Informationstechnik NRW</span></a></li></ul></div></aside>
      </div></div>` });

const widget = barePage({ title: 'Mitmachangebote – eingebettet', body: `
      <div class="embed__head"><h1 class="h3">Mitmachangebote in Hörde</h1><a class="small" href="angebote.html" target="_parent">Alle ansehen</a></div>
      <ul class="events">${offers.slice(0, 4).map((offer, n) => `<li class="event"><div class="date-tile"><b>${[15, 31, '–', 1][n]}</b><span>${['Dez.', 'Jan.', 'offen', 'März'][n]}</span></div><div><h2 class="event__title"><a href="angebot.html" target="_parent">${offer.title}</a></h2><p class="event__meta">${offer.district} · ${offer.until}</p></div>${pill(offer.state[0], offer.state[1])}</li>`).join('\n')}</ul>
      <p class="embed__foot">Ein Angebot der <a href="index.html" target="_parent">Stadt Dortmund – MitWIRken</a></p>` });
const widgetCard = barePage({ title: 'SMART RHINO – eingebettet', body: `
      <article class="card card--link">
        <div class="card__media"><img src="/assets/img/topic-city.svg" alt="Illustration: neue Häuser, ein Kran und Bäume" width="480" height="240"></div>
        <div class="card__head"><span class="topic topic--rust">${icon('building')}Stadtentwicklung</span>${pill('running', 'läuft')}</div>
        <h1 class="card__title"><a href="angebot.html" target="_parent">${offers[0].title}</a></h1>
        <p class="card__text">${offers[0].text}</p>
        <div class="card__foot"><span class="deadline">noch 37 Tage</span><span class="muted small">128 Beiträge</span></div>
      </article>
      <p class="embed__foot">Ein Angebot der <a href="index.html" target="_parent">Stadt Dortmund – MitWIRken</a></p>` });

export const pages = { anmelden: signIn, 'zweiter-faktor': second, passwort: reset, 'fehler-404': e404, 'fehler-403': e403, 'fehler-500': e500, 'barriere-melden': barrier, 'widget-liste': widget, 'widget-karte': widgetCard };
