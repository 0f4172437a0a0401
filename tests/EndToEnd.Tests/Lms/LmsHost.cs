using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.LocalHost;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.EndToEnd.Tests.Lms;

/// <summary>The whole app, connected to an LMS by two secrets and a login.</summary>
public sealed class LmsHost : IAsyncLifetime
{
    public const string Path = "api/webhooks/lms";

    public static readonly string Secret = LmsMessage.Secret(7);

    private HostProcess? host;

    public HttpClient Client => host!.Client;

    public StorageClients Storage => Emulator.Clients(host!.ConnectionString);

    internal LmsClient Lms => new(Client);

    public async ValueTask InitializeAsync() => host = await HostProcess.StartAsync(new HostProcessOptions
    {
        Settings = new Dictionary<string, string>
        {
            ["Webhooks__Lms__Secrets__0"] = LmsMessage.Secret(6),
            ["Webhooks__Lms__Secrets__1"] = Secret,
            ["Webhooks__Lms__Basic__Username"] = "lms",
            ["Webhooks__Lms__Basic__Password"] = "letmein",
        },
    });

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task<(int Status, string Body)> SendAsync(string body) => SendAsync(body, request => Sign(request, Encoding.UTF8.GetBytes(body)));

    public static void Sign(HttpRequestMessage request, byte[] body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", "delivery-1");
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", LmsMessage.Sign(Secret, "delivery-1", timestamp, body));
    }

    public Task<(int Status, string Body)> SendWithLoginAsync(string body) => SendAsync(body, request =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("lms:letmein"u8)));

    public async Task<(int Status, string Body)> SendAsync(string body, Action<HttpRequestMessage> prove)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        prove(request);
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
