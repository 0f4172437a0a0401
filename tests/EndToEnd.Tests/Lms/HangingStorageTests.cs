using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Lms;

/// <summary>A storage that takes connections and answers nothing.</summary>
public sealed class HangingStorageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_told_in_time_as_503_and_what_was_refused_is_accepted_when_it_is_over()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Settings = new Dictionary<string, string> { ["Webhooks__Lms__Basic__Username"] = "lms", ["Webhooks__Lms__Basic__Password"] = "letmein" },
        }, Cancellation);
        var message = LmsMessage.Of("hung", "course.enrollment.completed", LmsMessage.Course("u-1", "C-1"));
        Assert.Equal(200, (await SendAsync(host, HttpMethod.Get, "api/certifications")).Status);

        Assert.Equal(201, (await SendAsync(host, HttpMethod.Put, "api/certifications/FIRE-1", """{"title":"Fire warden"}""")).Status);
        Assert.Equal(200, (await SendAsync(host, HttpMethod.Get, "api/certifications/FIRE-1/awards")).Status);

        Signals.Pause(host.Storage.ProcessId);
        try
        {
            // Each within its own time: the limits are the contract's.
            await Task.WhenAll(
                RefusedAsync(host, HttpMethod.Get, "api/health/ready", 4),
                RefusedAsync(host, HttpMethod.Post, "api/webhooks/lms", 4, message),
                RefusedAsync(host, HttpMethod.Get, "api/certifications", 25),
                RefusedAsync(host, HttpMethod.Get, "api/certifications/FIRE-1/awards", 25, accept: "text/csv"),
                RefusedAsync(host, HttpMethod.Post, "api/certifications/FIRE-1/awards", 25, """{"users":["u-1"]}"""),
                RefusedAsync(host, HttpMethod.Put, "api/groups/g-1", 25, """{"name":"G"}"""));
        }
        finally
        {
            Signals.Resume(host.Storage.ProcessId);
        }

        Assert.Equal(202, (await SendAsync(host, HttpMethod.Post, "api/webhooks/lms", message)).Status);
        await host.UntilReadyAsync(Cancellation);
    }

    private static async Task RefusedAsync(HostProcess host, HttpMethod method, string path, int seconds, string? body = null, string? accept = null)
    {
        var started = Stopwatch.GetTimestamp();
        var (status, code, retryAfter) = await SendAsync(host, method, path, body, accept);
        var took = Stopwatch.GetElapsedTime(started);
        Assert.Equal((path, 503, "storage_unavailable", true), (path, status, code, retryAfter));
        Assert.True(took < TimeSpan.FromSeconds(seconds), $"{path} took {took}");
    }

    private static async Task<(int Status, string? Code, bool RetryAfter)> SendAsync(
        HostProcess host, HttpMethod method, string path, string? body = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("lms:letmein"u8));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Client.SendAsync(request, Cancellation);
        var json = await answer.Content.ReadAsStringAsync(Cancellation);
        var code = json.Length > 0 && JsonElement.Parse(json).TryGetProperty("code", out var value) ? value.GetString() : null;
        return ((int)answer.StatusCode, code, answer.Headers.RetryAfter is not null);
    }
}
