using System.Globalization;
using System.Text.Json;
using CertFunctions.Core;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>A successful answer.</summary>
/// <param name="Body">UTF-8 JSON; null for an answer without a body.</param>
/// <param name="Version">The public version of the resource answered, sent as its ETag.</param>
public sealed record Answer(int Status, ReadOnlyMemory<byte>? Body, string? Version = null, string? Location = null) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => Status;

    public static Answer Ok<T>(T value, string? version = null) => new(200, Json(value), version);

    public static Answer Ok<T>(T value, int version) => Ok(value, version.ToString(CultureInfo.InvariantCulture));

    public static Answer Created<T>(T value, string? version = null, string? location = null) => new(201, Json(value), version, location);

    /// <summary>201 or 200, as a PUT answers.</summary>
    public static Answer Put<T>(bool created, T value, string? version = null) => new(created ? 201 : 200, Json(value), version);

    /// <summary>201 or 200, as a PUT answers.</summary>
    public static Answer Put<T>(bool created, T value, int version) => Put(created, value, version.ToString(CultureInfo.InvariantCulture));

    public static Answer Accepted<T>(string location, T value) => new(202, Json(value), Location: location);

    public static Answer Accepted<T>(T value) => new(202, Json(value));

    public static Answer NoContent() => new(204, null);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Version is not null)
        {
            response.Headers.ETag = ETags.Of(Version);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Body is { } body)
        {
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    private static ReadOnlyMemory<byte> Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, HttpJson.Options);
}

public static class OutcomeAnswer
{
    /// <summary>The answer to what was done, or the problem.</summary>
    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, IResult> done) => outcome switch
    {
        Outcome<T>.Done { Value: var value } => done(value),
        Outcome<T>.Rejected { Why: var why } => Problem.Of(why),
        _ => throw new InvalidOperationException($"An outcome of type {outcome.GetType()} is unknown."),
    };
}
