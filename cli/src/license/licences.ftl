<#list dependencyMap as dependency>
<#assign library = dependency.getKey()>
${library.groupId}:${library.artifactId}|${library.version}|${dependency.getValue()?join(", ")}
</#list>
