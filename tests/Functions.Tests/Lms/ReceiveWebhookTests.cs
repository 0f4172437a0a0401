using System.Globalization;
using System.Text;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Lms;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Lms;

public sealed class ReceiveWebhookTests
{
    private static readonly string Secret = LmsMessage.Secret(1);
    private static readonly string NextSecret = LmsMessage.Secret(2);
    private static readonly WebhookLogin Login = new("lms", "pässword");

    private readonly WebhookScene scene = new();

    private static string Body => LmsMessage.Of("m-1", "course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));

    [Fact]
    public async Task A_signed_message_is_kept_and_queued()
    {
        var answer = await SendAsync(Signed(Body));

        Assert.Equal((202, """{"accepted":1}"""), (answer.Status, answer.Body));
        Assert.Single(scene.Queue.Messages);
    }

    [Fact]
    public async Task While_secrets_are_rotated_either_opens()
    {
        Assert.Equal(202, (await SendAsync(Signed(Body, NextSecret))).Status);
        var both = Signed(Body, LmsMessage.Secret(3));
        both.Headers[WebhookProof.SignatureHeader] = $"v1a,x {both.Headers[WebhookProof.SignatureHeader]} {Signed(Body).Headers[WebhookProof.SignatureHeader]}";
        Assert.Equal(202, (await SendAsync(both)).Status);
    }

    [Theory]
    [InlineData(-300, 202)]
    [InlineData(-301, 401)]
    [InlineData(300, 202)]
    [InlineData(301, 401)]
    [InlineData(-600, 401)]
    public async Task A_signature_holds_five_minutes_either_way(int seconds, int status) =>
        Assert.Equal(status, (await SendAsync(Signed(Body, seconds: seconds))).Status);

    [Fact]
    public async Task A_name_and_password_open_too()
    {
        Assert.Equal(202, (await SendAsync(Post(Body).With("Authorization", Basic("lms:pässword")))).Status);
        Assert.Equal(202, (await SendAsync(Post(Body).With("Authorization", Basic("lms:pässword").Replace("Basic", "basic", StringComparison.Ordinal)))).Status);
    }

    public static TheoryData<string, HttpRequest> Unproved => new()
    {
        { "nothing", Post(Body) },
        { "another secret", Signed(Body, LmsMessage.Secret(9)) },
        { "another body", WithBody(Signed(Body), Body + " ") },
        { "another id", Signed(Body).With(WebhookProof.IdHeader, "m-2") },
        { "another time", Signed(Body).With(WebhookProof.TimestampHeader, Timestamp(1)) },
        { "no time", Signed(Body).With(WebhookProof.TimestampHeader, "") },
        { "time in words", Signed(Body).With(WebhookProof.TimestampHeader, "now") },
        { "time beyond all", Signed(Body).With(WebhookProof.TimestampHeader, "9999999999999999") },
        { "no id", Signed(Body).With(WebhookProof.IdHeader, "") },
        { "no signature", Signed(Body).With(WebhookProof.SignatureHeader, "") },
        { "half a signature", Signed(Body).With(WebhookProof.SignatureHeader, "v1,AAAA") },
        { "an unknown version", Signed(Body).With(WebhookProof.SignatureHeader, "v2" + Signed(Body).Headers[WebhookProof.SignatureHeader].ToString()[2..]) },
        { "no UTF-8", Signed([0xFF, 0xFE]) },
        { "wrong password", Post(Body).With("Authorization", Basic("lms:password")) },
        { "wrong name", Post(Body).With("Authorization", Basic("LMS:pässword")) },
        { "no password", Post(Body).With("Authorization", Basic("lms")) },
        { "no base64", Post(Body).With("Authorization", "Basic lms:pässword") },
        { "a bearer token", Post(Body).With("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.") },
        { "a function key", Post(Body).With("x-functions-key", "key") },
        { "the local developer", Post(Body).From(Caller.LocalDeveloper) },
    };

    [Theory]
    [MemberData(nameof(Unproved), DisableDiscoveryEnumeration = true)]
    public async Task Without_proof_nothing_is_kept(string what, HttpRequest request)
    {
        var answer = await SendAsync(request);

        Assert.True(answer.Status == 401, $"{what}: {answer.Status}");
        Assert.Equal("unauthenticated", answer.Code);
        Assert.StartsWith("Basic ", answer.Headers.WWWAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Empty(scene.Queue.Messages);
    }

    [Fact]
    public async Task With_nothing_configured_nothing_opens()
    {
        foreach (var request in new[] { Signed(Body), Post(Body).With("Authorization", Basic("lms:pässword")), Post(Body).With("Authorization", Basic(":")) })
        {
            var answer = await SendAsync(request, new WebhookSettings([], null));

            Assert.Equal((401, "unauthenticated", 0), (answer.Status, answer.Code, answer.Headers.WWWAuthenticate.Count));
        }
    }

    [Fact]
    public async Task A_name_and_password_open_nothing_where_only_secrets_are_configured()
    {
        var answer = await SendAsync(Post(Body).With("Authorization", Basic("lms:pässword")), new WebhookSettings([Secret], null));

        Assert.Equal((401, 0), (answer.Status, answer.Headers.WWWAuthenticate.Count));
    }

    [Fact]
    public async Task Takes_a_body_of_one_MiB_and_no_more()
    {
        Assert.Equal(202, (await SendAsync(Signed(Body.PadRight(Limits.WebhookBodyBytes)))).Status);

        var larger = await SendAsync(Signed(Body.PadRight(Limits.WebhookBodyBytes + 1)));
        Assert.Equal((413, "body_too_large"), (larger.Status, larger.Code));
    }

    [Theory]
    [InlineData(25, 202)]
    [InlineData(26, 400)]
    public async Task Takes_25_elements_and_no_more(int count, int status)
    {
        var payloads = Enumerable.Range(0, count).Select(i => LmsMessage.Course($"u-{i}", "C-101")).ToArray();
        var answer = await SendAsync(Signed(LmsMessage.Of("m-1", "course.enrollment.completed", payloads)));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 202 ? $$"""{"accepted":{{count}}}""" : "invalid_request", status == 202 ? answer.Body : answer.Code);
    }

    [Theory]
    [InlineData("", "invalid_json", "body")]
    [InlineData("{", "invalid_json", "body")]
    [InlineData("[]", "invalid_json", "body")]
    [InlineData("""{"event":"e","payload":{}}""", "invalid_request", "message_id")]
    public async Task What_cannot_be_read_is_refused(string body, string code, string member)
    {
        var answer = await SendAsync(Signed(body));

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal([member], answer.ErrorPaths);
    }

    [Fact]
    public async Task A_message_id_with_another_body_is_refused()
    {
        await SendAsync(Signed(Body));
        Assert.Equal(202, (await SendAsync(Signed(Body, seconds: 60))).Status);
        var other = await SendAsync(Signed(Body + " "));

        Assert.Equal((409, "message_id_reused"), (other.Status, other.Code));
        Assert.Equal(2, scene.Queue.Messages.Count);
    }

    [Theory]
    [InlineData("application/json", 202)]
    [InlineData("application/json; charset=utf-8", 202)]
    [InlineData("application/json;charset=ISO-8859-1", 202)]
    [InlineData("application/webhook+json", 202)]
    [InlineData(null, 202)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    public async Task Takes_JSON_whatever_charset_it_claims(string? contentType, int status)
    {
        var request = Signed(Body);
        request.ContentType = contentType;

        Assert.Equal(status, (await SendAsync(request)).Status);
    }

    private async Task<TestAnswer> SendAsync(HttpRequest request, WebhookSettings? settings = null)
    {
        var proof = new WebhookProof(settings ?? new WebhookSettings([Secret, NextSecret], Login), scene.Time);
        return await TestAnswer.Of(await new ReceiveWebhook(scene.Webhooks, proof).Run(request, TestContext.Current.CancellationToken));
    }

    private static string Basic(string login) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(login))}";

    private static string Timestamp(int seconds) =>
        (Testing.Sample.Now.ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);

    private static HttpRequest Post(string body) => TestRequest.Of("POST", "/api/webhooks/lms", Encoding.UTF8.GetBytes(body));

    private static HttpRequest Signed(string body, string? secret = null, int seconds = 0) => Signed(Encoding.UTF8.GetBytes(body), secret, seconds);

    private static HttpRequest Signed(byte[] body, string? secret = null, int seconds = 0) => TestRequest.Of("POST", "/api/webhooks/lms", body)
        .With(WebhookProof.IdHeader, "m-1")
        .With(WebhookProof.TimestampHeader, Timestamp(seconds))
        .With(WebhookProof.SignatureHeader, LmsMessage.Sign(secret ?? Secret, "m-1", Timestamp(seconds), body));

    private static HttpRequest WithBody(HttpRequest request, string body)
    {
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        request.ContentLength = request.Body.Length;
        return request;
    }
}
