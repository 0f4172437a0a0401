using System.Text.Json;
using System.Text.Json.Nodes;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Storage;

namespace CertFunctions.Functions.Tests.Infra;

/// <summary>The infrastructure makes what the code uses, and the compiler has nothing to say of it.</summary>
public sealed class InfraTests
{
    private static readonly string[] Sections = ["AzureWebJobsStorage", StorageNames.Connection];
    private static readonly string[] PartsOfSection = ["blobServiceUri", "queueServiceUri", "tableServiceUri", "clientId", "credential"];

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("events.bicep")]
    public async Task A_template_is_built_and_linted_without_a_warning(string file)
    {
        var built = await Bicep.RunAsync("build", "--stdout", file);
        var linted = await Bicep.RunAsync("lint", file);

        Assert.Equal(("", ""), (built.Complaints, linted.Complaints + linted.Output));
        Assert.NotEmpty(built.Output);
    }

    [Fact]
    public async Task The_parameters_fit()
    {
        var built = await Bicep.RunAsync("build-params", "main.bicepparam", "--stdout");

        Assert.Equal("", built.Complaints);
    }

    [Fact]
    public void Every_table_queue_and_container_of_the_code_is_made_and_no_other()
    {
        var names = JsonNode.Parse(File.ReadAllText(Path.Combine(Bicep.Folder, "names.json")))!;

        Assert.Equal(Sorted(typeof(StorageNames.Tables)), Texts(names["tables"]));
        Assert.Equal(Sorted(typeof(StorageNames.Queues)), Texts(names["queues"]));
        Assert.Equal(Sorted(typeof(StorageNames.Containers)), Texts(names["containers"]));
    }

    [Fact]
    public void Every_queue_that_functions_work_on_has_one_for_poison()
    {
        var queues = StorageNames.In(typeof(StorageNames.Queues));

        Assert.Equal(
            queues.Where(name => name != StorageNames.Queues.Health && !StorageNames.IsPoison(name)).Select(name => $"{name}-poison").Order(StringComparer.Ordinal),
            queues.Where(StorageNames.IsPoison).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_of_the_two_triggers_of_dropped_files_is_on_and_it_is_the_one_that_is_subscribed()
    {
        var settings = await SettingsAsync();
        string[] triggers = [nameof(IngestFile), nameof(IngestFileOnEvent)];

        var on = Assert.Single(triggers, trigger => settings.GetValueOrDefault($"AzureWebJobs.{trigger}.Disabled") != "true");
        Assert.Equal(on, Assert.Single(triggers, trigger => settings.GetValueOrDefault($"AzureWebJobs__{trigger}__Disabled") != "true"));

        Assert.Contains($"Host.Functions.{on}&", (await Bicep.RunAsync("build", "--stdout", "events.bicep")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_gets_its_storage_by_identity_and_no_key()
    {
        var settings = await SettingsAsync();

        Assert.All(
            from section in Sections
            from part in PartsOfSection
            select $"{section}__{part}",
            name => Assert.Contains(name, settings.Keys));
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.DoesNotContain(StorageNames.Connection, settings.Keys);
        var main = (await Bicep.RunAsync("build", "--stdout", "main.bicep")).Output;
        Assert.DoesNotContain("listKeys", main, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"allowSharedKeyAccess\": false", main, StringComparison.Ordinal);
    }

    /// <summary>Roles by what the code does: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage.</summary>
    [Theory]
    [InlineData("b7e6dc6d-f1e8-4753-8033-0f276bb0955b")]
    [InlineData("974c5e8b-45b9-4653-ba55-5f855dd0fb88")]
    [InlineData("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3")]
    public async Task The_identity_may_read_and_write_blobs_queues_and_tables(string role) =>
        Assert.Contains(role, (await Bicep.RunAsync("build", "--stdout", "storage.bicep")).Output, StringComparison.Ordinal);

    /// <summary>What has a default is given by <c>moreSettings</c>; the storage by its parts.</summary>
    [Fact]
    public async Task The_settings_that_are_given_are_those_that_the_app_reads()
    {
        string[] byDefault =
        [
            "Auth:UserIdClaim", "CertStorage", "Jobs:StalledAfterSeconds", "Limits:ConfirmAbove", "Limits:WritesPerMinute",
            "Webhooks:Lms:Basic:Password", "Webhooks:Lms:Basic:Username",
        ];
        var secrets = Enumerable.Range(0, 2).Select(number => $"Webhooks:Lms:Secrets:{number}");

        var given = (await SettingsAsync()).Keys
            .Where(name => !name.StartsWith("AzureWebJobs", StringComparison.Ordinal) && !name.StartsWith("APPLICATIONINSIGHTS", StringComparison.Ordinal))
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal));

        Assert.Equal(OwnSettings.Known.Order(StringComparer.Ordinal), given.Concat(secrets).Concat(byDefault).Order(StringComparer.Ordinal));
        Assert.Contains("Webhooks__Lms__Secrets__{0}", (await Bicep.RunAsync("build", "--stdout", "app.bicep")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_documented()
    {
        var documented = File.ReadAllText(Path.Combine(Bicep.Folder, "../docs/settings.md"));

        Assert.All(OwnSettings.Known, name => Assert.Contains(name.Split(':')[^1], documented, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sorted(Type group) => StorageNames.In(group).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonNode? names) => names!.AsArray().Select(name => (string)name!);

    private static async Task<Dictionary<string, string>> SettingsAsync()
    {
        var app = JsonElement.Parse((await Bicep.RunAsync("build", "--stdout", "app.bicep")).Output);
        return app.GetProperty("variables").GetProperty("settings").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);
    }
}
