// Its own file, because the page's Content-Security-Policy runs no script inside the page.
window.ui = SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // The default sends the document to a service of others.
  validatorUrl: null,
});
