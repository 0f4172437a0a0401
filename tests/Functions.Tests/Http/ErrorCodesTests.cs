using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CertFunctions.Functions.Docs;
using CertFunctions.Functions.Http;
using CertFunctions.Testing.Http;

namespace CertFunctions.Functions.Tests.Http;

public sealed partial class ErrorCodesTests
{
    private static readonly string[] Projects = ["Core", "Functions"];

    [Fact]
    public void Every_code_in_the_sources_is_listed()
    {
        var src = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src"));
        var used = Projects
            .SelectMany(project => System.IO.Directory.EnumerateFiles(Path.Combine(src, project), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))
            .ToHashSet();

        Assert.Contains("invalid_json", used);
        Assert.Empty(used.Except(ErrorCodes.All.Select(error => error.Code)));
    }

    [Fact]
    public void Every_code_is_listed_once() => Assert.Distinct(ErrorCodes.All.Select(error => error.Code));

    [Fact]
    public async Task The_page_has_an_anchor_for_each()
    {
        var page = await TestAnswer.Of(new GetErrorCodes().Run(TestRequest.Get("/api/docs/errors")));

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Headers.ContentType);
        Assert.All(ErrorCodes.All, error => Assert.Contains($"id=\"{error.Code}\"", page.Body, StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(Rejection\.(Invalid|NotFound|Conflict|Unprocessable)\(|RejectionKind\.\w+,|new\(\d{3},)\s*""(?<code>[a-z_]+)""")]
    private static partial Regex Codes();
}
