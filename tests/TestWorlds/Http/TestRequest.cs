using System.Text;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.TestWorlds.Http;

/// <summary>Requests as a function gets them, from the caller <c>local-developer</c>.</summary>
public static class TestRequest
{
    public static HttpRequest Get(string pathAndQuery) => Of("GET", pathAndQuery, null);

    public static HttpRequest Delete(string pathAndQuery) => Of("DELETE", pathAndQuery, null);

    public static HttpRequest Put(string pathAndQuery, string json) => Of("PUT", pathAndQuery, Encoding.UTF8.GetBytes(json));

    public static HttpRequest Post(string pathAndQuery, string? json = null) =>
        Of("POST", pathAndQuery, json is null ? null : Encoding.UTF8.GetBytes(json));

    public static HttpRequest Patch(string pathAndQuery, string json) =>
        Of("PATCH", pathAndQuery, Encoding.UTF8.GetBytes(json), "application/merge-patch+json");

    public static HttpRequest Of(string method, string pathAndQuery, byte[]? body, string? contentType = "application/json")
    {
        var parts = pathAndQuery.Split('?', 2);
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Path = parts[0];
        request.QueryString = parts.Length == 2 ? new QueryString($"?{parts[1]}") : default;
        if (body is not null)
        {
            request.Body = new MemoryStream(body);
            request.ContentLength = body.Length;
            request.ContentType = contentType;
        }

        return request.From(Caller.LocalDeveloper);
    }

    public static HttpRequest From(this HttpRequest request, Caller caller)
    {
        caller.Enter(request.HttpContext);
        return request;
    }

    public static HttpRequest With(this HttpRequest request, string header, string value)
    {
        request.Headers[header] = value;
        return request;
    }
}
