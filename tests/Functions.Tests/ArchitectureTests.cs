using ArchUnitNET.Loader;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests;

public sealed class ArchitectureTests
{
    /// <summary>Which folder of Core may name the types of which others; the root is everybody's.</summary>
    private static readonly Dictionary<string, string[]> Core = new()
    {
        ["Audit"] = [],
        ["Directory"] = ["Audit"],
        ["Certifications"] = ["Audit"],
        ["Awards"] = ["Audit", "Directory", "Certifications"],
        ["Completions"] = ["Directory", "Certifications", "Awards"],
        ["Jobs"] = ["Audit", "Certifications", "Awards"],
        ["Awarding"] = ["Audit", "Directory", "Certifications", "Awards", "Completions", "Jobs"],
        ["Ingestion"] = ["Audit", "Directory", "Certifications", "Awards", "Jobs", "Awarding"],
        ["Lms"] = ["Audit", "Directory", "Certifications", "Awards", "Completions"],
    };

    /// <summary>Which folder of Functions may name which others: features stand on storage and HTTP, and on few of each other.</summary>
    private static readonly Dictionary<string, string[]> Functions = new()
    {
        ["Http"] = [],
        ["Storage"] = ["Http", "Telemetry"],
        ["Telemetry"] = [],
        ["Docs"] = ["Http"],
        ["Health"] = ["Http", "Storage"],
        ["Audit"] = ["Http", "Storage"],
        ["Directory"] = ["Http", "Storage"],
        ["Certifications"] = ["Http", "Storage"],
        ["Awards"] = ["Directory", "Http", "Storage"],
        ["Completions"] = ["Http", "Storage"],
        ["Jobs"] = ["Health", "Http", "Storage", "Telemetry"],
        ["Awarding"] = ["Http", "Storage", "Awards", "Jobs"],
        ["Ingestion"] = ["Http", "Storage", "Jobs"],
        ["Lms"] = ["Health", "Http", "Storage", "Telemetry"],
        ["Pages"] = ["Awards", "Docs", "Http", "Ingestion"],
    };

    /// <summary>The same below <c>Functions/Http</c>, whose root wires them and reads their attributes.</summary>
    private static readonly Dictionary<string, string[]> Http = new()
    {
        ["Answers"] = [],
        ["Callers"] = ["Answers"],
        ["Requests"] = ["Answers", "Callers"],
        ["Paging"] = ["Answers", "Callers", "Requests"],
        ["Idempotency"] = ["Answers", "Callers", "Requests"],
    };

    private static readonly System.Type[] Callers = [typeof(NeedsAttribute), typeof(OpenToAnyoneAttribute), typeof(OwnProofAttribute)];

    [Fact]
    public void No_folder_of_Core_names_another_that_it_need_not_know() => AssertArrows("CertFunctions.Core", typeof(Limits).Assembly, Core);

    [Fact]
    public void No_folder_of_Functions_names_another_that_it_need_not_know() => AssertArrows("CertFunctions.Functions", typeof(Services).Assembly, Functions);

    [Fact]
    public void No_folder_of_Http_names_another_that_it_need_not_know() => AssertArrows("CertFunctions.Functions.Http", typeof(Services).Assembly, Http);

    [Fact]
    public void Core_knows_neither_storage_nor_host() => Assert.DoesNotContain(
        typeof(Limits).Assembly.GetReferencedAssemblies(),
        assembly => assembly.Name!.StartsWith("Azure", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft", StringComparison.Ordinal)
            || assembly.Name.StartsWith("CertFunctions", StringComparison.Ordinal));

    [Fact]
    public void Every_function_is_a_class_of_its_own_named_as_it_is()
    {
        var functions = FunctionMethods().ToList();

        Assert.NotEmpty(functions);
        Assert.All(functions, function => Assert.Equal(function.Method.DeclaringType!.Name, function.Name));
        Assert.Equal(functions.Count, functions.Select(function => function.Method.DeclaringType).Distinct().Count());
    }

    [Fact]
    public void Every_http_function_declares_who_may_call_it()
    {
        var declared = from function in FunctionMethods()
                       where function.Method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute), false))
                       select (function.Name, Times: Callers.Count(attribute => function.Method.IsDefined(attribute, false)));

        Assert.All(declared, function => Assert.Equal((function.Name, 1), function));
    }

    [Fact]
    public void Every_get_of_one_resource_takes_head_and_no_list_does()
    {
        var lists = from function in FunctionMethods()
                    where function.Name is "GetAwardHistory" || function.Name.StartsWith("List", StringComparison.Ordinal)
                    select function.Name;
        var byHead = (from function in FunctionMethods()
                      from parameter in function.Method.GetParameters()
                      from trigger in parameter.GetCustomAttributes(typeof(HttpTriggerAttribute), false).Cast<HttpTriggerAttribute>()
                      where trigger.Methods!.Contains("get") && !function.Method.IsDefined(typeof(ForBrowsersAttribute), false)
                      select (function.Name, Takes: trigger.Methods!.Contains("head"))).ToList();

        Assert.Equal(byHead.Select(function => (function.Name, !lists.Contains(function.Name))), byHead);
    }

    /// <summary>An arrow that is not allowed fails, and so does one that is allowed and not there: the table says what is.</summary>
    private static void AssertArrows(string project, System.Reflection.Assembly assembly, Dictionary<string, string[]> allowed)
    {
        var arrows = from type in new ArchLoader().LoadAssembly(assembly).Build().Types
                     from dependency in type.Dependencies
                     let source = FolderOf(project, type.FullName)
                     let target = FolderOf(project, dependency.Target.FullName)
                     where source is not null && target is not null && source != target
                     select (source, target);

        Assert.Equal(
            allowed.SelectMany(folder => folder.Value.Select(to => (folder.Key, to))).Order(),
            arrows.Distinct().Order());
    }

    /// <returns>Null where the type stands in no folder of the project.</returns>
    private static string? FolderOf(string project, string type)
    {
        if (!type.StartsWith(project + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = type[(project.Length + 1)..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }

    private static IEnumerable<(System.Reflection.MethodInfo Method, string Name)> FunctionMethods() =>
        from type in typeof(Services).Assembly.GetTypes()
        from method in type.GetMethods()
        let attribute = method.GetCustomAttributes(typeof(Microsoft.Azure.Functions.Worker.FunctionAttribute), false).FirstOrDefault()
        where attribute is not null
        select (method, ((Microsoft.Azure.Functions.Worker.FunctionAttribute)attribute).Name);
}
