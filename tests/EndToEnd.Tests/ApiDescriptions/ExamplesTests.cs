using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CertFunctions.EndToEnd.Tests.Lms;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Certifications;
using CertFunctions.Functions.Completions;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.EndToEnd.Tests.ApiDescriptions;

/// <summary>Runs every operation of the description with its examples, in an order in which all succeed.</summary>
public sealed class ExamplesTests(LmsHost lms) : IClassFixture<LmsHost>
{
    private static readonly string[] Before =
    [
        nameof(PutBranch), nameof(PutUser), nameof(PutGroup), nameof(PutGroupMember), nameof(PutExternalTraining), nameof(PutCertification), nameof(AwardUsers),
        nameof(StartImport), nameof(GrantUpload), nameof(CompleteExternalTraining), nameof(AwardRetroactively), nameof(ReceiveWebhook), nameof(EditUser), nameof(EditCertification),
        nameof(EditAward),
    ];

    private static readonly string[] After =
    [
        nameof(CancelJob), nameof(ResumeJob), nameof(RetryJob), nameof(ApplyPlan), nameof(UndoJob),
        nameof(ReplayDeadLetter), nameof(DismissDeadLetter), nameof(UnassignAward), nameof(RemoveGroupMember), nameof(DeleteGroup), nameof(DeleteBranch),
        nameof(DeactivateUser), nameof(ArchiveCertification),
    ];

    /// <summary>The job that there is has ended, and well, and is no plan: 409.</summary>
    private static readonly HashSet<string> Refused = [nameof(CancelJob), nameof(ResumeJob), nameof(RetryJob), nameof(ApplyPlan)];

    /// <summary>What a query parameter of this name is given, where its schema does not say it.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["branch"] = "north",
        ["group"] = "wardens",
        ["separator"] = ",",
        ["charset"] = "utf-8",
        ["name"] = "november.csv",
        ["dryRun"] = "false",
    };

    private readonly Dictionary<string, string> ids = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_example_is_taken_and_answered_as_it_is_described()
    {
        var reads = ApiDescription.Current.Operations.Where(operation => operation.Method == "GET").Select(operation => operation.Id).ToList();
        Assert.Equal(
            ApiDescription.Current.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal),
            Before.Concat(reads).Concat(After).Order(StringComparer.Ordinal));

        foreach (var id in Before)
        {
            await RunAsync(id);
        }

        await UntilDeadLetterAsync();
        foreach (var id in reads)
        {
            await RunAsync(id);
            await RunAsync(id, withQuery: true);
        }

        using (var moved = await lms.Client.PatchAsync("api/users/u-17", new StringContent("""{"branchId":null}""", Encoding.UTF8, "application/json"), Cancellation))
        {
            Assert.True(moved.IsSuccessStatusCode);
        }

        foreach (var id in After)
        {
            await RunAsync(id);
        }
    }

    private async Task RunAsync(string id, bool withQuery = false)
    {
        var operation = ApiDescription.Current.Operations.Single(operation => operation.Id == id);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), PathOf(operation) + QueryOf(operation, withQuery));
        if (operation.Body is { } body)
        {
            var text = body.Type == "text/csv" ? (string)body.Example! : body.Example.ToJsonString();
            request.Content = new StringContent(text, Encoding.UTF8, body.Type);
        }

        if (id == nameof(ReceiveWebhook))
        {
            LmsHost.Sign(request, await request.Content!.ReadAsByteArrayAsync(Cancellation));
        }

        using var answer = await lms.Client.SendAsync(request, Cancellation);
        var said = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(Refused.Contains(id) ? answer.StatusCode == HttpStatusCode.Conflict : answer.IsSuccessStatusCode, $"{id} {request.RequestUri}: {answer.StatusCode} {said}");
        if (id == nameof(StartImport))
        {
            ids["jobs"] = JsonElement.Parse(said).GetProperty("id").GetString()!;
            await lms.Lms.UntilFinalAsync(ids["jobs"]);
        }
    }

    private async Task UntilDeadLetterAsync()
    {
        while (!ids.ContainsKey("dead-letters"))
        {
            var letters = await lms.Lms.GetAsync("api/webhooks/lms/dead-letters");
            if (letters.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } letter)
            {
                ids["dead-letters"] = letter.GetProperty("id").GetString()!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancellation);
        }
    }

    private string PathOf(ApiOperation operation)
    {
        var path = operation.Path;
        foreach (var parameter in operation.ParametersIn("path"))
        {
            var kind = operation.Path.Contains("dead-letters", StringComparison.Ordinal) ? "dead-letters" : "jobs";
            var name = (string)parameter["name"]!;
            path = path.Replace($"{{{name}}}", name == "id" ? ids[kind] : (string)parameter["example"]!, StringComparison.Ordinal);
        }

        return path;
    }

    /// <summary>What must be given, or everything; but no cursor, which is a page's, and not a sort that a search excludes.</summary>
    private static string QueryOf(ApiOperation operation, bool isWhole)
    {
        var given = from parameter in operation.ParametersIn("query")
                    let name = (string)parameter["name"]!
                    where ((bool?)parameter["required"] ?? false) || (isWhole && name is not ("cursor" or "sort"))
                    select $"{name}={Uri.EscapeDataString(Values.GetValueOrDefault(name) ?? ValueOf(operation.Description, parameter["schema"]!))}";
        return string.Join('&', given) is { Length: > 0 } query ? $"?{query}" : "";
    }

    private static string ValueOf(ApiDescription description, JsonNode schema) => description.Resolve(schema) switch
    {
        { } s when s["enum"] is { } choices => (string)choices[0]!,
        { } s when (string?)s["format"] == "date" => "2026-11-24",
        { } s => (string?)s["type"] switch { "boolean" => "true", "integer" => "10", _ => "ada" },
    };
}
