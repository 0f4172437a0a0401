using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>Sends what must be refused, and says of every answer what is wrong with the refusal.</summary>
internal sealed partial class Refusals
{
    private const int AtOnce = 4;

    /// <summary>Tells a hang from a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client;
    private readonly HashSet<string> documented;

    private Refusals(HttpClient client, IEnumerable<string> documented) => (this.client, this.documented) = (client, [.. documented]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task AssertAsync(ProductHost product, IEnumerable<Attempt> attempts)
    {
        var client = await product.ClientAsync();
        var page = await client.GetStringAsync("api/docs/errors", Cancellation);
        var refusals = new Refusals(client, Anchor().Matches(page).Select(match => match.Groups[1].Value));
        var complaints = new ConcurrentBag<string>();
        var count = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation };
        await Parallel.ForEachAsync(attempts, options, async (attempt, _) =>
        {
            Interlocked.Increment(ref count);
            if (await refusals.ComplaintAsync(attempt) is { } complaint)
            {
                complaints.Add($"{attempt}: {complaint}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} requests");
        Assert.True(complaints.IsEmpty, string.Join(Environment.NewLine, complaints.Order(StringComparer.Ordinal)));
        Assert.NotEqual(0, count);
    }

    private async Task<string?> ComplaintAsync(Attempt attempt)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var request = attempt.Request(client.BaseAddress!);
            using var answer = await client.SendAsync(request, limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            var flaw = FlawOf(answer, attempt.Status) ?? FlawOf(JsonDocument.Parse(text).RootElement, attempt);
            return flaw is null ? null : $"{flaw}: {text}";
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return "no answer";
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return e.Message;
        }
    }

    private static string? FlawOf(HttpResponseMessage answer, int status) => answer switch
    {
        _ when (int)answer.StatusCode != status => $"{(int)answer.StatusCode} instead of {status}",
        { Headers.CacheControl.NoStore: not true } => "may be stored",
        { Content.Headers.ContentType.MediaType: not "application/problem+json" } => "is no problem+json",
        _ => null,
    };

    private string? FlawOf(JsonElement problem, Attempt attempt)
    {
        var code = Text("code");
        return 0 switch
        {
            _ when attempt.Code is not null && code != attempt.Code => $"not {attempt.Code}",
            _ when !documented.Contains(code) => "an undocumented code",
            _ when Text("type") != $"/api/docs/errors#{code}" => "another type",
            _ when problem.GetProperty("status").GetInt32() != attempt.Status => "another status in the body",
            _ when Text("title").Length == 0 || Text("detail").Length == 0 => "no title or no detail",
            _ when Inside().IsMatch(problem.GetRawText()) => "shows the inside",
            _ when attempt.Status == 400 && !Blames(problem, attempt.Blames) => $"does not blame {attempt.Blames}",
            _ => null,
        };

        string Text(string member) => problem.GetProperty(member).GetString() ?? "";
    }

    private static bool Blames(JsonElement problem, string? name) =>
        problem.GetProperty("errors").EnumerateObject().Any(error =>
            (name is null || error.Name == name || error.Name.StartsWith($"{name}[", StringComparison.Ordinal))
            && error.Value.EnumerateArray().All(why => why.GetString()!.Length > 0));

    [GeneratedRegex("""<tr id="(\w+)">""")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"   at |Exception|Azure|PartitionKey|RowKey")]
    private static partial Regex Inside();
}
