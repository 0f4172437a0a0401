using System.Globalization;
using CertFunctions.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>An error as callers see it: <c>application/problem+json</c> (RFC 9457). The only place that makes one.</summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    private Problem(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        (Status, Code, Detail, Errors) = (status, code, detail, errors ?? (status == 400 ? new Dictionary<string, string[]> { ["request"] = [detail] } : null));

    public int Status { get; }

    public string Code { get; }

    public string Detail { get; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; }

    public TimeSpan? RetryAfter { get; private init; }

    public string? Challenge { get; private init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static Problem Of(Rejection why) => new(StatusOf(why.Kind), why.Code, why.Detail, why.Errors);

    /// <param name="instead">What to do instead.</param>
    public static Problem BodyTooLarge(long maxBytes, string instead = "") =>
        new(413, ErrorCode.BodyTooLarge, $"The body is larger than {maxBytes} bytes. {instead}".TrimEnd());

    public static Problem NotAcceptable() => new(406, ErrorCode.NotAcceptable, "This list has no type that the header Accept allows.");

    public static Problem UnsupportedMediaType(string detail) => new(415, ErrorCode.UnsupportedMediaType, detail);

    /// <param name="challenge">What <c>WWW-Authenticate</c> says.</param>
    public static Problem Unauthenticated(string challenge) =>
        new(401, ErrorCode.Unauthenticated, "Sign in first: the call needs a valid bearer token.") { Challenge = challenge };

    public static Problem Forbidden(string detail) => new(403, ErrorCode.Forbidden, detail);

    public static Problem TooManyRequests(TimeSpan wait) =>
        new(429, ErrorCode.TooManyRequests, "You have sent as many writes as a minute may have. Wait a moment.") { RetryAfter = wait };

    public static Problem IssuerUnavailable() =>
        new(503, ErrorCode.IssuerUnavailable, "The issuer of your token does not answer, so nobody can be recognised. Try again in a moment.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    /// <param name="challenge">What <c>WWW-Authenticate</c> asks for; null: nothing that a client could send by itself.</param>
    public static Problem WithoutProof(string? challenge) =>
        new(401, ErrorCode.Unauthenticated, "The call needs the LMS's signature, made within the last minutes, or its name and password.") { Challenge = challenge };

    public static Problem InternalError() => new(500, ErrorCode.InternalError, "Something went wrong on our side. It has been logged.");

    public static Problem StorageUnavailable(string detail = "The storage does not answer. Try again in a moment.") =>
        new(503, ErrorCode.StorageUnavailable, detail) { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem IdempotencyKeyInProgress(TimeSpan rest) =>
        new(409, ErrorCode.IdempotencyKeyInProgress, "The first request with this Idempotency-Key is still running.") { RetryAfter = rest };

    /// <summary>A body that broke off, came too slowly, or was refused by the server below us.</summary>
    internal static Problem Unreadable(int status, long maxBytes) => status switch
    {
        413 => BodyTooLarge(maxBytes),
        408 => new(408, ErrorCode.RequestTimeout, "The body came too slowly."),
        _ => Of(Rejection.Invalid(ErrorCode.InvalidJson, "body", "broke off before its end")),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        WriteHeaders(response);
        var body = new Dictionary<string, object?>
        {
            ["type"] = $"/api/docs/errors#{Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(Status),
            ["status"] = Status,
            ["detail"] = Detail,
            ["code"] = Code,
        };
        if (Errors is not null)
        {
            body["errors"] = Errors;
        }

        return response.WriteAsJsonAsync(body, HttpJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>What clients act on, whatever the body.</summary>
    internal void WriteHeaders(HttpResponse response)
    {
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }
    }

    private static int StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.Invalid => 400,
        RejectionKind.NotFound => 404,
        RejectionKind.Conflict => 409,
        RejectionKind.VersionConflict => 412,
        RejectionKind.Unprocessable => 422,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
