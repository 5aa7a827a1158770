// Streamlit's own English words, in Swedish. Only texts and labels that match a whole entry are touched, so nothing that
// Samlad itself has written can be hit by mistake.
(() => {
  "use strict";

  const words = new Map(Object.entries({
    "Skip to main content": "Hoppa till innehållet",
    "Main menu": "Meny",
    "App menu": "Meny",
    "Theme": "Utseende",
    "System": "Som datorn",
    "Use system setting": "Som datorn",
    "Light": "Ljust",
    "Dark": "Mörkt",
    "Print": "Skriv ut",
    "Rerun": "Hämta på nytt",
    "Settings": "Inställningar",
    "About": "Om",
    "Sidebar": "Sidofält",
    "App pages": "Sidor",
    "Collapse sidebar": "Fäll ihop sidofältet",
    "Expand sidebar": "Visa sidofältet",
    "Navigate to home page": "Till Översikt",
    "App Logo": "Samlad",
    "Logo": "Samlad",
    "Link to heading": "Länk till rubriken",
    "Close": "Stäng",
    "Cancel": "Avbryt",
    "Copy": "Kopiera",
    "Copied": "Kopierat",
    "Copied!": "Kopierat",
    "Open": "Öppna",
    "Clear value": "Töm",
    "Clear all": "Töm allt",
    "No results": "Inget passar",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "No options to select": "Inget att välja",
    "Show suggestions": "Visa förslag",
    "Suggestions": "Förslag",
    "Fullscreen": "Helskärm",
    "Close fullscreen": "Stäng helskärm",
    "Show data": "Visa talen",
    "Show chart": "Visa diagrammet",
    "Download as PNG": "Hämta som bild",
    "Download as SVG": "Hämta som SVG",
    "Copy Vega-Lite spec": "Kopiera diagrammets beskrivning",
    "Download as CSV": "Hämta som CSV",
    "Search": "Sök",
    "Close Search": "Stäng sökningen",
    "Next Result": "Nästa träff",
    "Previous Result": "Föregående träff",
    "Toolbar action": "Verktyg",
    "visualization": "diagram",
    "group mark container": "diagram",
    "Help": "Hjälp",
    "Notifications": "Meddelanden",
    "Running...": "Arbetar …",
    "Stop": "Avbryt",
    "Stop script": "Avbryt",
    "Stopping...": "Avbryter …",
    "Connecting": "Ansluter …",
    "Connecting to Streamlit server": "Ansluter till Samlad",
    "Unable to connect to Streamlit server": "Samlad svarar inte",
    "Connection error": "Förbindelsen bröts",
    "Connection timed out.": "Samlad svarar inte.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Förbindelsen bröts. Vänta tills den är tillbaka och försök igen.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Samlad svarar inte. Är du ansluten till nätet?",
    "Reconnected to server.": "Förbindelsen är tillbaka.",
    "Please wait...": "Vänta …",
    "Try again": "Försök igen",
    "Retry": "Försök igen",
    "Network error": "Nätverksfel",
    "Warning": "Varning",
    "Error": "Fel",
    "View less": "Visa färre",
    "Upload": "Välj filer",
    "Browse files": "Välj filer",
    "Upload file": "Välj filer",
    "Upload files": "Välj filer",
    "Drag and drop file here": "Släpp filen här",
    "Drag and drop files here": "Släpp filerna här",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Adressen leder inte till någon sida i Samlad. Du ser Översikt i stället.",
  }));

  const patterns = [
    [/^You have requested page \/.*, but no corresponding file was found.*$/,
      () => "Adressen leder inte till någon sida i Samlad. Du ser Översikt i stället."],
    [/^Help for (.+)$/, (found) => `Hjälp om ${found[1]}`],
    [/^View (\d+) more$/, (found) => `Visa ${found[1]} till`],
    [/^(?:Limit )?(\d+)\s?MB per file(.*)$/, (found) => `Högst ${found[1]} MB per fil${found[2]}`],
    [/^(.+) files are not allowed\.?$/, (found) => `Filer av slaget ${found[1]} kan inte läsas.`],
    [/^File must be (.+) or smaller\.?$/, (found) => `Filen får vara högst ${found[1]}.`],
    [/status code 413/, () => "Filen är större än 20 MB och har inte tagits emot."],
    [/^(\d+) options? available\.$/, (found) => `${found[1]} att välja bland.`],
    [/^(.+), selected$/, (found) => `${found[1]}, valt`],
    [/^Remove (.+)$/, (found) => `Ta bort ${found[1]}`],
  ];

  const attributes = ["aria-label", "aria-roledescription", "title", "placeholder", "alt"];
  const untouched = "script, style, input, textarea, .samlad";

  const swedish = (text) => {
    const said = text.trim();
    if (!said) return null;
    if (words.has(said)) return words.get(said);
    for (const [pattern, answer] of patterns) {
      const found = pattern.exec(said);
      if (found) return answer(found);
    }
    return null;
  };

  const translateText = (node) => {
    if (node.parentElement?.closest(untouched)) return;
    const answer = swedish(node.nodeValue ?? "");
    if (answer !== null && answer !== node.nodeValue) node.nodeValue = answer;
  };

  const translateLabels = (element) => {
    remember(element);
    follow(element);
    for (const name of attributes) {
      const answer = swedish(element.getAttribute(name) ?? "");
      if (answer !== null && answer !== element.getAttribute(name)) element.setAttribute(name, answer);
    }
  };

  // What Samlad has written is Swedish already, and a page may hold a thousand pieces of it: only its marks are looked for.
  const ours = ".samlad";

  const heed = (element) => {
    for (const one of element.querySelectorAll(`[${mark}], a.samlad-found`)) {
      remember(one);
      follow(one);
    }
  };

  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      translateText(node);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      translateLabels(node);
      if (node.closest(ours)) {
        heed(node);
        return;
      }
      const walk = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (found) => {
        if (found.nodeType !== Node.ELEMENT_NODE || !found.matches(ours)) return NodeFilter.FILTER_ACCEPT;
        heed(found);
        return NodeFilter.FILTER_REJECT;
      });
      while (walk.nextNode()) {
        if (walk.currentNode.nodeType === Node.TEXT_NODE) translateText(walk.currentNode);
        else translateLabels(walk.currentNode);
      }
    }
  };

  // One's own nämnd, remembered on this device: the server marks what to write, and nothing but ids is written.
  const mark = "data-samlad-remember";
  const ids = /^(?:[A-Za-z0-9_-]{1,40}(?:\.[0-9a-f]{16}){0,2})?$/;
  const year = 365 * 24 * 60 * 60;

  const remember = (element) => {
    const said = element.getAttribute(mark);
    if (said === null || !ids.test(said)) return;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `samlad_namnd=${said}; Max-Age=${said ? year : 0}; Path=/; SameSite=Lax${secure}`;
  };

  // What was chosen in the search is a link to where it stands; it is followed at once.
  const follow = (element) => {
    if (element.matches("a.samlad-found") && element.origin === location.origin) location.assign(element.href);
  };

  // While one searches, the list of what is found may be wider than its box (style.css). It is asked of the focus, which
  // stays in the box: a style with :has() would be tried again at every change of the page.
  const noteSearch = () => {
    const searches = document.activeElement?.closest(".st-key-sok");
    document.documentElement.classList.toggle("samlad-searches", Boolean(searches));
  };
  for (const kind of ["focusin", "focusout"]) document.addEventListener(kind, () => setTimeout(noteSearch));

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") translateText(change.target);
      else if (change.type === "attributes") translateLabels(change.target);
      else change.addedNodes.forEach(translate);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...attributes, mark],
  });
  translate(document.documentElement);
})();
