using System.Text.Json;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.ApiDescriptions;

public sealed class LintTests
{
    [Fact]
    public async Task The_linter_of_Redocly_finds_nothing_to_say()
    {
        var folder = await NodePackages.InstallAsync("ApiDescriptions");

        var document = Path.Combine(TestFolders.Repository, "src/Functions/Docs/openapi.json");
        var (_, output, errors) = await NodePackages.RunAsync("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", "--format=json", document], folder);

        Assert.True(output.StartsWith('{'), output + errors);
        var totals = JsonElement.Parse(output).GetProperty("totals");
        Assert.True(totals.GetProperty("errors").GetInt32() + totals.GetProperty("warnings").GetInt32() == 0, output);
    }
}
