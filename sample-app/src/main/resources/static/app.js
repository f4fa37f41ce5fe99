// The travel desk's page: plain JavaScript over the REST API and the actuator, without a build step.

const countryNames = new Intl.DisplayNames(['en'], {type: 'region', fallback: 'code'});
const numbers = new Intl.NumberFormat('en');
const element = id => document.getElementById(id);

/** Returns the JSON body of a response; throws an error with the message of the problem detail. */
async function request(path, options = {}) {
    const response = await fetch(path, options);
    const body = await response.json().catch(() => undefined);
    if (!response.ok) {
        throw new Error(body?.detail ?? `${path} answered ${response.status}`);
    }
    return body;
}

function post(path, body) {
    return request(path, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify(body),
    });
}

/** Creates an element with a class and a text; text from the data never becomes markup. */
function create(tag, className, text = '') {
    const created = document.createElement(tag);
    created.className = className;
    created.textContent = text;
    return created;
}

// ---------------------------------------------------------------------------------------------------------- places

const search = element('search');
let page = 0;
let searches = 0;

async function showPlaces() {
    const mine = ++searches;
    const parameters = new URLSearchParams(new FormData(search));
    parameters.set('page', page);
    try {
        const started = performance.now();
        const found = await request(`/api/places?${parameters}`);
        if (mine === searches) {
            showFound(found, performance.now() - started);
        }
    } catch (error) {
        if (mine === searches) {
            showSearchError(error);
        }
    }
}

function showFound({content, page: position}, milliseconds) {
    const total = position.totalElements;
    element('summary').className = 'muted';
    element('summary').textContent =
        `${numbers.format(total)} ${total === 1 ? 'place' : 'places'} in ${milliseconds.toFixed(0)} ms`;
    element('results').replaceChildren(...content.map(placeItem));
    element('pager').hidden = position.totalPages < 2;
    element('page-number').textContent =
        `Page ${numbers.format(position.number + 1)} of ${numbers.format(position.totalPages)}`;
    element('previous').disabled = position.number === 0;
    element('next').disabled = position.number + 1 >= position.totalPages;
}

function showSearchError(error) {
    element('summary').className = 'error';
    element('summary').textContent = error.message;
    element('results').replaceChildren();
    element('pager').hidden = true;
    page = 0;
}

function placeItem(place) {
    const item = document.createElement('li');
    const button = create('button', '');
    button.type = 'button';
    button.append(
        create('span', 'name', place.altName ? `${place.name} (${place.altName})` : place.name),
        create('span', 'population', numbers.format(place.population)),
        create('span', 'where', whereIs(place)));
    button.addEventListener('click', () => openDesk(place));
    item.append(button);
    return item;
}

function whereIs(place) {
    return [place.region, countryNames.of(place.country)].filter(Boolean).join(', ');
}

async function showCountries() {
    const select = search.elements.country;
    let counts;
    try {
        counts = await request('/api/places/countries');
    } catch {
        setTimeout(showCountries, 2000); // Until then, "All countries" remains available.
        return;
    }
    const chosen = select.value;
    const options = counts
        .map(({country, places}) => ({country, places, name: countryNames.of(country)}))
        .sort((one, other) => one.name.localeCompare(other.name, 'en'))
        .map(({country, places, name}) => new Option(`${name} (${numbers.format(places)})`, country));
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
}

function turnPage(step) {
    page += step;
    element('previous').disabled = true; // Until it is known whether the page has neighbours.
    element('next').disabled = true;
    showPlaces();
    element('results').focus();
}

let typing;
search.addEventListener('input', event => {
    page = 0;
    clearTimeout(typing);
    typing = setTimeout(showPlaces, event.target.name === 'name' ? 120 : 0);
});
search.addEventListener('submit', event => event.preventDefault());
element('previous').addEventListener('click', () => turnPage(-1));
element('next').addEventListener('click', () => turnPage(+1));

// ----------------------------------------------------------------------------------------------------------- store

let importing = false;

function bytes(count) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let unit = 0;
    while (count >= 1000 && unit < units.length - 1) {
        count /= 1000;
        unit++;
    }
    return `${count.toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

function documentsIn(stats, collection) {
    return stats.collections.find(({name}) => name === collection)?.documents ?? 0;
}

async function showStore() {
    try {
        const stats = await request('/actuator/store');
        const figures = [
            ['Places', numbers.format(documentsIn(stats, 'places'))],
            ['Trips', numbers.format(documentsIn(stats, 'trips'))],
            ['Bookings', numbers.format(documentsIn(stats, 'bookings'))],
            ['Bytes on disk', bytes(stats.log.bytesOnDisk)],
            ['Live bytes', bytes(stats.log.liveBytes)],
            ['Segments', numbers.format(stats.log.segments.length)],
            ['Transactions', numbers.format(stats.transactions.committed)],
            ['Conflicts', numbers.format(stats.transactions.conflicted)],
            ['Last sync', stats.log.lastSync ? new Date(stats.log.lastSync).toLocaleTimeString() : 'none yet'],
        ];
        element('figures').replaceChildren(
            ...figures.flatMap(([name, value]) => [create('dt', '', name), create('dd', '', value)]));
        element('live').value = stats.log.bytesOnDisk === 0 ? 1 : stats.log.liveBytes / stats.log.bytesOnDisk;
        showCompaction(stats.compaction);
        await showImport(documentsIn(stats, 'places'));
    } catch (error) {
        announce('compaction', `The application is not responding: ${error.message}`);
    }
}

function showCompaction({running, segmentsDone, segmentsTotal, lastResults}) {
    const [last] = lastResults;
    element('compact').disabled = running;
    if (running) {
        announce('compaction', `Compacting: ${segmentsDone} of ${segmentsTotal} segments`);
    } else if (last?.failure) {
        announce('compaction', `The last compaction stopped: ${last.failure}`);
    } else if (last) {
        announce('compaction', `Last compaction: from ${bytes(last.bytesBefore)} to ${bytes(last.bytesAfter)}`);
    } else {
        announce('compaction', 'No compaction since startup');
    }
}

/** Sets a text that assistive technology announces; it would announce an unchanged text again. */
function announce(id, text) {
    if (element(id).textContent !== text) {
        element(id).textContent = text;
    }
}

/** During the import of the places the application answers requests, but does not report itself ready. */
async function showImport(places) {
    const readiness = await fetch('/actuator/health/readiness');
    const before = importing;
    importing = !readiness.ok;
    element('importing').hidden = !importing;
    announce('importing',
        `The places are being imported: ${numbers.format(places)} can already be searched.`);
    if (before && !importing) {
        showCountries();
        showPlaces();
    }
}

async function compact() {
    element('compact').disabled = true;
    try {
        await post('/actuator/storecompaction', {});
        await showStore();
    } catch (error) {
        announce('compaction', error.message);
        element('compact').disabled = false;
    }
}

async function keepShowingStore() {
    if (!document.hidden) {
        await showStore();
    }
    setTimeout(keepShowingStore, 2000);
}

element('compact').addEventListener('click', compact);

// ------------------------------------------------------------------------------------------------- trips, bookings

const desk = element('desk');
let place;

async function openDesk(chosen) {
    place = chosen;
    element('desk-title').textContent = place.name;
    element('desk-facts').textContent = `${whereIs(place)} · ${numbers.format(place.population)} people · `
        + `${place.location.lat.toFixed(2)}°, ${place.location.lon.toFixed(2)}°`;
    element('plan').elements.departure.value = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    element('trips').replaceChildren();
    say('', chosen);
    desk.showModal();
    try {
        await showTrips(chosen);
    } catch (error) {
        say(error.message, chosen, 'error');
    }
}

/** Shows a message about a place, unless the desk shows another one by now. */
function say(text, about, className = '') {
    if (about === place) {
        element('desk-message').className = className;
        element('desk-message').textContent = text;
    }
}

async function showTrips(of) {
    const trips = await request(`/api/trips?placeId=${encodeURIComponent(of.id)}`);
    const items = await Promise.all(trips.map(tripItem));
    if (of === place) {
        element('trips').replaceChildren(...(items.length > 0 ? items : [create('li', 'muted', 'None yet')]));
    }
}

async function tripItem(trip) {
    const item = element('trip-template').content.cloneNode(true).firstElementChild;
    item.querySelector('.departure').textContent = trip.departure;
    await showSeats(item, trip);
    const form = item.querySelector('form');
    form.addEventListener('submit', event => send(event, 'Booked.', async () => {
        const {traveller, seats} = form.elements;
        await post(`/api/trips/${trip.id}/bookings`, {traveller: traveller.value, seats: seats.valueAsNumber});
    }, async () => {
        form.reset();
        await showSeats(item, await request(`/api/trips/${trip.id}`));
    }));
    return item;
}

async function showSeats(item, trip) {
    const bookings = await request(`/api/trips/${trip.id}/bookings`);
    item.querySelector('.seats').textContent = `${trip.seatsLeft} of ${trip.seats} seats left`;
    const meter = item.querySelector('meter');
    meter.max = trip.seats;
    meter.value = trip.seatsLeft;
    meter.ariaLabel = 'Seats left';
    item.querySelector('.bookings').replaceChildren(
        ...bookings.map(({traveller, seats}) => create('li', '', `${traveller}: ${seats}`)));
}

/**
 * Submits a form once, however often its button is pressed in the meantime; reports success or the reason for the
 * failure, then shows what has changed.
 */
async function send(event, done, work, show) {
    event.preventDefault();
    const form = event.target;
    const about = place;
    if (form.ariaBusy === 'true') {
        return;
    }
    form.ariaBusy = 'true';
    let said = '';
    try {
        await work();
        said = `${done} `;
        say(done, about);
        await show();
    } catch (error) {
        say(said + error.message, about, 'error');
    } finally {
        form.ariaBusy = 'false';
    }
}

element('plan').addEventListener('submit', event => {
    const about = place;
    const {departure, seats} = event.target.elements;
    send(event, 'Trip planned.',
        () => post('/api/trips', {placeId: about.id, departure: departure.value, seats: seats.valueAsNumber}),
        () => showTrips(about));
});

showPlaces();
showCountries();
keepShowingStore();
