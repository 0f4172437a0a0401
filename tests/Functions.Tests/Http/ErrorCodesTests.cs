using System.Text.RegularExpressions;
using CertFunctions.Functions.Docs;
using CertFunctions.Functions.Http;
using CertFunctions.Testing.Http;

namespace CertFunctions.Functions.Tests.Http;

public sealed partial class ErrorCodesTests
{
    [Fact]
    public void Every_code_of_an_answer_in_the_sources_is_listed() =>
        AssertListed(ErrorCodes.OfAnswers, "invalid_json", SourceCodes.OfAnswers());

    [Fact]
    public void Every_code_of_a_result_in_the_sources_is_listed() =>
        AssertListed(ErrorCodes.OfResults, "group_id_invalid", SourceCodes.OfResults());

    [Fact]
    public void Every_code_of_a_job_in_the_sources_is_listed() =>
        AssertListed(ErrorCodes.OfJobs, "file_empty", SourceCodes.OfJobs());

    [Fact]
    public void Every_code_is_listed_once_in_its_section() => Assert.All(
        [ErrorCodes.OfAnswers, ErrorCodes.OfResults, ErrorCodes.OfJobs], section => Assert.Distinct(section.Select(error => error.Code)));

    [Fact]
    public async Task The_page_has_one_anchor_for_each()
    {
        var page = await TestAnswer.Of(new GetErrorCodes().Run(TestRequest.Get("/api/docs/errors")));

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.Headers.ContentType);
        var anchors = Anchors().Matches(page.Body).Select(match => match.Groups["id"].Value).ToList();
        Assert.Distinct(anchors);
        var listed = ErrorCodes.OfAnswers.Concat(ErrorCodes.OfResults).Concat(ErrorCodes.OfJobs).Select(error => error.Code).ToList();
        Assert.Equal(listed.Count, anchors.Count);
        Assert.Empty(listed.Except(anchors));
    }

    private static void AssertListed(IReadOnlyList<ErrorCode> listed, string forOne, IReadOnlySet<string> used)
    {
        Assert.Contains(forOne, used);
        Assert.Empty(used.Except(listed.Select(error => error.Code)));
    }

    [GeneratedRegex("""<tr id="(?<id>[^"]+)">""")]
    private static partial Regex Anchors();
}
