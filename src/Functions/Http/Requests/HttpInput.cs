using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>
/// All that a request says: route, query, headers, body. Reads collect what is wrong; <see cref="Refused"/>, called once after the last
/// read, answers with all of it.
/// </summary>
public sealed class HttpInput
{
    private readonly RequestErrors errors = new();
    private Problem? problem;

    private HttpInput(HttpRequest request, byte[] bytes, JsonElement root, bool isPatch, Problem? problem, bool isOfForm = false)
    {
        Request = request;
        Bytes = bytes;
        Body = new JsonMembers(root, "", isPatch, errors);
        Query = new QueryReader(request.Query, errors, isOfForm);
        if (!QueryReader.IsUtf8(request.QueryString))
        {
            errors.Add("query", "must be UTF-8 where it is percent-encoded");
        }

        this.problem = problem;
    }

    public HttpRequest Request { get; }

    public QueryReader Query { get; }

    /// <summary>Without members where no body was asked for, none came, or the one that came is refused.</summary>
    public JsonMembers Body { get; }

    public Caller Caller => Caller.Of(Request.HttpContext);

    /// <summary>Whom the audit names.</summary>
    public Actor Actor => new(Caller.Name, Via.Api);

    /// <summary>The body as it came.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>For calls whose body, if any, means nothing: GET and DELETE.</summary>
    public static HttpInput Of(HttpRequest request) => new(request, [], default, false, null);

    /// <summary>The same for pages, whose query comes from a form; what a form posts is read by itself.</summary>
    public static HttpInput OfPage(HttpRequest request) => new(request, [], default, false, null, isOfForm: true);

    public static Task<HttpInput> WithBodyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, new BodyRules(MayBeEmpty: false, IsPatch: false), cancellationToken);

    public static Task<HttpInput> WithOptionalBodyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, new BodyRules(MayBeEmpty: true, IsPatch: false), cancellationToken);

    public static Task<HttpInput> WithPatchAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, new BodyRules(MayBeEmpty: false, IsPatch: true), cancellationToken);

    /// <summary>A value of the route; its name in errors is the argument's own.</summary>
    public T Route<T>(string? value, TryParse<T> tryParse, string rule, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : notnull
    {
        var parsed = Rules.Value(value ?? "", tryParse, rule);
        if (parsed.Why is { } why)
        {
            errors.Add(name, why);
        }

        return parsed.Value!;
    }

    public LmsId Id(string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Route<LmsId>(value, LmsId.TryParse, LmsId.Rule, name);

    public CertificationCode Code(string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Route<CertificationCode>(value, CertificationCode.TryParse, CertificationCode.Rule, name);

    public JobId JobId(string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Route<JobId>(value, Core.JobId.TryParse, Core.JobId.Rule, name);

    /// <summary>What <c>If-Match</c> and <c>If-None-Match</c> demand.</summary>
    public Precondition Precondition() => Preconditions.Read(Request.Headers, errors);

    /// <summary>Whether anything that was read is wrong, or anything that was sent was not read.</summary>
    public bool Refused([NotNullWhen(true)] out Problem? answer)
    {
        Query.NoteUnknown();
        Body.NoteUnknown();
        answer = problem ?? (errors.ToRejection() is { } why ? Problem.Of(why) : null);
        return answer is not null;
    }

    internal void Refuse(Problem why) => problem ??= why;

    private static async Task<HttpInput> ReadAsync(HttpRequest request, BodyRules rules, CancellationToken cancellationToken)
    {
        var (bytes, root, problem) = await JsonBody.ReadAsync(request, rules, cancellationToken);
        return new HttpInput(request, bytes, root, rules.IsPatch, problem);
    }
}
