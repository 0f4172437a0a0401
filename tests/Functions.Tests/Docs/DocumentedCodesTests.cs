using System.Text.RegularExpressions;
using CertFunctions.Core;
using CertFunctions.Functions.Docs;
using CertFunctions.TestWorlds.Http;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Docs;

public sealed partial class DocumentedCodesTests
{
    private static readonly string[] Projects = ["Core", "Functions"];

    private static readonly IReadOnlyList<DocumentedCode> Documented =
        [.. DocumentedCodes.OfAnswers, .. DocumentedCodes.OfResults, .. DocumentedCodes.OfJobs];

    private static readonly IReadOnlyList<string> Codes =
        [.. typeof(ErrorCode).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_code_is_documented_and_no_other() =>
        Assert.Equal(Codes.Order(StringComparer.Ordinal), Documented.Select(code => code.Code).Distinct().Order(StringComparer.Ordinal));

    /// <summary>So that nobody answers with one that is not documented.</summary>
    [Fact]
    public void No_code_is_spelled_out_a_second_time()
    {
        var files = Projects
            .SelectMany(project => System.IO.Directory.EnumerateFiles(Path.Combine(TestFolders.Repository, "src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        var spelled = from file in files
                      where Path.GetFileName(file) != $"{nameof(ErrorCode)}.cs"
                      from literal in Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value)
                      where Codes.Contains(literal)
                      select $"{Path.GetFileName(file)}: {literal}";

        Assert.Contains(files, file => Path.GetFileName(file) == $"{nameof(ErrorCode)}.cs");
        Assert.Empty(spelled);
    }

    [Fact]
    public void Every_code_is_listed_once_in_its_section() => Assert.All(
        [DocumentedCodes.OfAnswers, DocumentedCodes.OfResults, DocumentedCodes.OfJobs], section => Assert.Distinct(section.Select(error => error.Code)));

    /// <summary>An answer's code comes with a status, a job's with its kind.</summary>
    [Fact]
    public void Every_code_stands_in_its_own_section()
    {
        Assert.All(DocumentedCodes.OfAnswers, code => Assert.Matches("^[1-5][0-9]{2}", code.With));
        Assert.All(DocumentedCodes.OfJobs, code => Assert.DoesNotMatch("[0-9]", code.With));
    }

    [Fact]
    public async Task The_page_has_one_anchor_for_each()
    {
        var page = await TestAnswer.Of(new GetErrorCodes().Run(TestRequest.Get("/api/docs/errors")));

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Headers.ContentType);
        var anchors = Anchors().Matches(page.Body).Select(match => match.Groups["id"].Value).ToList();
        Assert.Distinct(anchors);
        var listed = DocumentedCodes.OfAnswers.Concat(DocumentedCodes.OfResults).Concat(DocumentedCodes.OfJobs).Select(error => error.Code).ToList();
        Assert.Equal(listed.Count, anchors.Count);
        Assert.Empty(listed.Except(anchors));
    }

    [GeneratedRegex("""<tr id="(?<id>[^"]+)">""")]
    private static partial Regex Anchors();

    [GeneratedRegex("""(?<!\w)"(?<text>[a-z_]+)"(?!\w)""")]
    private static partial Regex Literal();
}
