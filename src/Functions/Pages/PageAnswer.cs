using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertFunctions.Functions.Pages;

/// <summary>A page, rendered here and now: nothing of it is registered or loaded before somebody asks for one.</summary>
internal sealed class PageAnswer : IResult, IStatusCodeHttpResult
{
    /// <summary>Pictures of the stylesheet are written into it. Nothing else comes from anywhere but this app, and no script stands in a page.</summary>
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly Type view;
    private readonly object? model;
    private readonly int status;

    private PageAnswer(Type view, object? model, int status) => (this.view, this.model, this.status) = (view, model, status);

    int? IStatusCodeHttpResult.StatusCode => status;

    public static PageAnswer Of<TView, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TView : View<TModel> => new(typeof(TView), model, status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Flows into the components, and ends with this method.
        CultureInfo.CurrentCulture = ReaderLanguage.Of(httpContext.Request);
        var html = await RenderAsync(httpContext);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        // Our own pages have to be able to say where a form was filled in: browsers derive Origin from it.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.Vary = $"{HtmxRequests.Header}, Accept-Language, Accept-Encoding";
        await CompressedAnswer.WriteAsync(httpContext, Encoding.UTF8.GetBytes(html));
    }

    private async Task<string> RenderAsync(HttpContext http)
    {
        var loggers = http.RequestServices?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        await using var renderer = new HtmlRenderer(http.RequestServices ?? NoServices.Instance, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(View<>.Model)] = model,
            [nameof(View<>.Viewer)] = Viewer.Of(http),
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var content = (await renderer.RenderComponentAsync(view, parameters)).ToHtmlString();
            return Viewer.Of(http).IsFragment ? content : $"<!doctype html>\n{content}";
        });
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
